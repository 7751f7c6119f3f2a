-- report_of_unit: the reports in words of a unit that a workbook is set beside.
-- in:    $unit VARCHAR, $most INTEGER
-- reads: report, report_settled, submission
-- grain: one row per report; one that an officer kept stands for the file it came as
-- out:   id VARCHAR, file VARCHAR, reading VARCHAR
-- note:  set aside as no report of a meeting: left out
select
    s.id,
    s.file,
    s.reading
from d.report as r
inner join d.submission as s on s.id = r.submission_id
where
    s.unit_code = $unit
    and r.kind in ('annual', 'extraordinary')
    and not exists (
        select 1 from d.report_settled as t
        where t.report_id = r.submission_id and t.how in ('kept', 'dismissed')
    )
order by s.received_at desc, s.seq desc
limit $most

-- report_waiting: the same report in words that was received before and still waits for an officer.
-- in:    $sha256 VARCHAR, $unit VARCHAR
-- reads: submission, report_settled
-- grain: one row, the earliest; none where nothing waits
-- out:   id VARCHAR
select s.id
from d.submission as s
where
    s.sha256 = $sha256
    and s.status = 'words'
    and coalesce(s.unit_code, '') = $unit
    and not exists (select 1 from d.report_settled as t where t.report_id = s.id)
order by s.seq
limit 1

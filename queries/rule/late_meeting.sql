-- late_meeting 年度会议延迟召开: the annual meeting was held after the deadline.
-- in:    $deadline DATE
-- reads: annual
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n is the days after the deadline
-- note:  evidence: the date of the counted meeting
select
    a.unit_code,
    '' as item,
    '' as observed,
    a.held_on as seen_on,
    date_diff('day', $deadline::date, a.held_on)::bigint as n,
    0::bigint as n_of,
    a.submission_id,
    a.file,
    a.sheet,
    a.row_no,
    a.cells,
    ['held_on']::varchar[] as fields
from annual as a
where a.status = 'held_late'
order by a.unit_code

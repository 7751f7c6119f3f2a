-- minutes 会议纪要印发: no minutes issued by D, long enough after the counted meeting.
-- in:    $as_of DATE, $minutes_days INTEGER
-- reads: annual
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n is the days from the meeting to D
-- note:  evidence: the date of the minutes and of the meeting
select
    a.unit_code,
    '' as item,
    '' as observed,
    a.held_on as seen_on,
    date_diff('day', a.held_on, $as_of::date)::bigint as n,
    0::bigint as n_of,
    a.submission_id,
    a.file,
    a.sheet,
    a.row_no,
    a.cells,
    ['minutes_issued_on', 'held_on']::varchar[] as fields
from annual as a
where
    a.is_held
    and not coalesce(a.minutes_issued_on <= $as_of::date, false)
    and a.held_on + $minutes_days::integer <= $as_of::date
order by a.unit_code

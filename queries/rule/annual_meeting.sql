-- annual_meeting 年度会议召开: no annual meeting though the deadline has passed.
-- in:    $as_of DATE, $year INTEGER, $deadline DATE
-- reads: annual, current_meeting
-- grain: one row per failing unit, or per substitute where it held some
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  substituted fails only once the deadline has passed
-- note:  evidence: the substitutes; nothing where no meeting was reported at all
select
    a.unit_code,
    coalesce(m.title, '') as item,
    a.status as observed,
    m.held_on as seen_on,
    0::bigint as n,
    0::bigint as n_of,
    m.submission_id,
    m.file,
    m.sheet,
    m.row_no,
    m.cells,
    ['kind', 'held_on']::varchar[] as fields
from annual as a
left join current_meeting as m
    on
        m.unit_code = a.unit_code
        and m.session_year = $year::integer
        and m.kind = 'substitute'
where
    a.status in ('not_held', 'substituted')
    and $as_of::date >= $deadline::date
order by a.unit_code, m.held_on

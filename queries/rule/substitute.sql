-- substitute 以其他会议代替: another meeting under the name of the joint conference.
-- in:    $year INTEGER
-- reads: obligated_unit, current_meeting
-- grain: one row per substitute of the session year held by D
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  fails even where an annual meeting was held as well
-- note:  evidence: the kind and date of each substitute
select
    u.unit_code,
    coalesce(m.title, '') as item,
    '' as observed,
    m.held_on as seen_on,
    0::bigint as n,
    0::bigint as n_of,
    m.submission_id,
    m.file,
    m.sheet,
    m.row_no,
    m.cells,
    ['kind', 'title', 'held_on']::varchar[] as fields
from obligated_unit as u
inner join current_meeting as m on m.unit_code = u.unit_code
where m.kind = 'substitute' and m.session_year = $year::integer
order by u.unit_code, m.held_on

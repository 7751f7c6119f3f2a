-- stored_meeting: the meetings of a submitter's accepted submissions up to a quarter, every version's.
-- in:    $unit VARCHAR, $period_end DATE
-- reads: meeting, submission
-- grain: one row per unit, session year and kind
-- out:   unit_code VARCHAR, session_year INTEGER, kind VARCHAR
-- note:  superseded versions too: a CSV of items may follow a workbook of the same quarter (data.md, Errors)
select distinct
    m.unit_code,
    m.session_year,
    m.kind
from d.meeting as m
inner join d.submission as s on s.id = m.submission_id
where
    s.status = 'accepted'
    and s.unit_code = $unit
    and s.period_end <= $period_end
order by m.unit_code, m.session_year, m.kind

-- later_version: the newest accepted version of a unit's quarter that came after a moment.
-- in:    $unit VARCHAR, $quarter VARCHAR, $after TIMESTAMPTZ
-- reads: submission
-- grain: one row at most
-- out:   version INTEGER
select s.version
from d.submission as s
where
    s.status = 'accepted'
    and s.unit_code = $unit
    and s.quarter = $quarter
    and s.received_at > $after
order by s.received_at desc, s.seq desc
limit 1

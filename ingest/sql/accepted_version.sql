-- accepted_version: the accepted versions of a unit's quarter, the one in force first.
-- in:    $unit VARCHAR, $quarter VARCHAR
-- reads: submission
-- grain: one row per accepted submission
-- out:   sha256 VARCHAR, version INTEGER
select
    s.sha256,
    s.version
from d.submission as s
where
    s.status = 'accepted'
    and s.unit_code = $unit
    and s.quarter = $quarter
order by s.decided_at desc, s.seq desc

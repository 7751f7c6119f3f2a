-- held_submission: files that wait for an officer.
-- in:    $id VARCHAR, $unit VARCHAR, $quarter VARCHAR
-- reads: held_submission, held_decision
-- grain: one row per file that waits; an empty parameter does not filter
-- out:   id VARCHAR, unit_code VARCHAR, quarter VARCHAR, file VARCHAR, sha256 VARCHAR, reading VARCHAR,
--        received_at TIMESTAMPTZ, actor VARCHAR
select
    s.id,
    coalesce(s.unit_code, '') as unit_code,
    coalesce(s.quarter, '') as quarter,
    s.file,
    s.sha256,
    s.reading,
    s.received_at,
    s.actor
from d.held_submission as s
where
    not exists (select 1 from d.held_decision as h where h.submission_id = s.id)
    and ($id = '' or s.id = $id)
    and ($unit = '' or s.unit_code = $unit)
    and ($quarter = '' or s.quarter = $quarter)
order by s.seq

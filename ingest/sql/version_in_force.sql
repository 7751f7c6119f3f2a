-- version_in_force: the versions of a unit's quarters that count now, the latest quarter first.
-- in:    $unit VARCHAR, $most INTEGER
-- reads: submission
-- grain: one row per quarter
-- out:   id VARCHAR, file VARCHAR, reading VARCHAR
with

in_force as (
    select
        s.id,
        s.file,
        s.reading,
        s.period_end
    from d.submission as s
    where
        s.status = 'accepted'
        and s.unit_code = $unit
    qualify
        row_number() over (
            partition by s.quarter
            order by s.decided_at desc, s.seq desc
        ) = 1
)

select
    f.id,
    f.file,
    f.reading
from in_force as f
order by f.period_end desc
limit $most

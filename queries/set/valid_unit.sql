-- valid_unit: the units that exist on D, and which of them the regime obliges.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ, $levels VARCHAR[]
-- reads: d.valid_unit
-- grain: one row per unit valid on D
-- out:   unit_code VARCHAR, name VARCHAR, level VARCHAR, parent_code VARCHAR,
--        is_submitter BOOLEAN, aliases VARCHAR[], valid_from DATE, valid_to DATE,
--        begun_on DATE, is_obligated BOOLEAN
select
    u.unit_code,
    u.name,
    u.level,
    u.parent_code,
    u.is_submitter,
    u.aliases,
    u.valid_from,
    u.valid_to,
    u.begun_on,
    coalesce(list_contains($levels::varchar[], u.level), false) as is_obligated
from d.valid_unit($as_of, $known_at) as u
order by u.unit_code

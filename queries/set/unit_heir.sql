-- unit_heir: who carries on each unit's history, once for everything that reads it.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ
-- reads: d.unit_heir
-- grain: one row per registered code
-- out:   unit_code VARCHAR, heir_code VARCHAR
select
    h.unit_code,
    h.heir_code
from d.unit_heir($as_of, $known_at) as h

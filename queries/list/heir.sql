-- heir: the units that another carries on at D, and which.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ
-- reads: d.unit_heir
-- grain: one row per unit that has ended in another by D
-- out:   unit_code VARCHAR, heir_code VARCHAR
select
    h.unit_code,
    h.heir_code
from d.unit_heir($as_of, $known_at) as h
where h.unit_code <> h.heir_code
order by h.unit_code

-- establishment 建制率: of the unit itself and the obliged units below it, those established.
-- in:
-- reads: obligated_unit, unit_ancestor, establishment_unit
-- grain: one row per obligated unit
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  the denominator is the registry, so that a unit nobody reported counts as not
--        established
select
    u.unit_code,
    count(*) filter (e.is_established) as num,
    count(*) as den
from obligated_unit as u
inner join unit_ancestor as a on a.ancestor_code = u.unit_code
inner join establishment_unit as e on e.unit_code = a.unit_code
group by u.unit_code
order by u.unit_code

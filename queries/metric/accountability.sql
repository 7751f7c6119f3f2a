-- accountability 责任清单完备率: items of the population with unit, owner and deadline all given.
-- in:
-- reads: obligated_unit, population
-- grain: one row per obligated unit; den is 0 where the population is empty
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  a deadline in words without a date (长期) is none
-- note:  not asked where the regime has no such rule: every pair is then 0/0
select
    u.unit_code,
    count(p.item_key) filter (
        p.lead_unit is not null and p.owner is not null and p.due_on is not null
    ) as num,
    count(p.item_key) as den
from obligated_unit as u
left join population as p on p.unit_code = u.unit_code
group by u.unit_code
order by u.unit_code

-- implementation_plan 实施方案制定率: items of the population with a plan issued by D.
-- in:    $as_of DATE
-- reads: obligated_unit, population
-- grain: one row per obligated unit; den is 0 where the population is empty
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  not asked where the regime has no such rule: every pair is then 0/0
select
    u.unit_code,
    count(p.item_key) filter (p.plan_on <= $as_of::date) as num,
    count(p.item_key) as den
from obligated_unit as u
left join population as p on p.unit_code = u.unit_code
group by u.unit_code
order by u.unit_code

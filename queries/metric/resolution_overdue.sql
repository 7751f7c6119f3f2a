-- resolution_overdue 逾期率: items of the population overdue at D.
-- in:
-- reads: obligated_unit, population
-- grain: one row per obligated unit; den is 0 where the population is empty
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  due is the extended deadline where there is one
select
    u.unit_code,
    count(p.item_key) filter (p.state = 'overdue') as num,
    count(p.item_key) as den
from obligated_unit as u
left join population as p on p.unit_code = u.unit_code
group by u.unit_code
order by u.unit_code

-- resolution_closed 销号率: items of the population completed and confirmed by the department by D.
-- in:
-- reads: obligated_unit, population
-- grain: one row per obligated unit; den is 0 where the population is empty
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
select
    u.unit_code,
    count(p.item_key) filter (p.state = 'completed' and p.closed_on is not null) as num,
    count(p.item_key) as den
from obligated_unit as u
left join population as p on p.unit_code = u.unit_code
group by u.unit_code
order by u.unit_code

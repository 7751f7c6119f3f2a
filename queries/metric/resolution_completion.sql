-- resolution_completion 议定事项办结率: items of the population completed by D.
-- in:
-- reads: obligated_unit, population
-- grain: one row per obligated unit; den is 0 where the population is empty
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  completion is what the county reported; resolution_closed is the department's
--        confirmation
select
    u.unit_code,
    count(p.item_key) filter (p.state = 'completed') as num,
    count(p.item_key) as den
from obligated_unit as u
left join population as p on p.unit_code = u.unit_code
group by u.unit_code
order by u.unit_code

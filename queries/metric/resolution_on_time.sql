-- resolution_on_time 按期办结率: of the items due or done by D, those done by their first deadline.
-- in:    $as_of DATE
-- reads: obligated_unit, population
-- grain: one row per obligated unit; den is 0 where nothing was due or done
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  judged on the first due_on: an extension never makes an item on time
-- note:  an item without a due_on is not judged
with

judged as (
    select
        p.unit_code,
        p.item_key,
        p.done_on,
        p.due_on
    from population as p
    where
        p.due_on is not null
        and (p.due_on <= $as_of::date or p.state = 'completed')
)

select
    u.unit_code,
    count(j.item_key) filter (j.done_on <= j.due_on) as num,
    count(j.item_key) as den
from obligated_unit as u
left join judged as j on j.unit_code = u.unit_code
group by u.unit_code
order by u.unit_code

-- state_count: resolutions by state at D, ongoing and cancelled ones apart.
-- in:    $session INTEGER
-- reads: obligated_unit, population, item
-- grain: one row per obligated unit and state that occurs
-- out:   unit_code VARCHAR, state VARCHAR, n BIGINT
-- note:  ongoing and cancelled are counted among all items decided by D; in a session
--        cohort, of that year
with

counted as (
    select
        p.unit_code,
        p.state
    from population as p

    union all

    select
        i.unit_code,
        i.state
    from item as i
    where
        i.is_decided
        and i.state in ('ongoing', 'cancelled')
        and ($session::integer = 0 or i.session_year = $session::integer)
)

select
    u.unit_code,
    c.state,
    count(*) as n
from obligated_unit as u
inner join counted as c on c.unit_code = u.unit_code
group by u.unit_code, c.state
order by u.unit_code, c.state

-- unit_ancestor: every unit with itself and each unit above it.
-- in:
-- reads: valid_unit
-- grain: one row per unit and ancestor; distance 0 is the unit itself
-- out:   unit_code VARCHAR, ancestor_code VARCHAR, distance INTEGER
with recursive

climb as (
    select
        u.unit_code,
        u.unit_code as ancestor_code,
        0 as distance
    from valid_unit as u

    union all

    select
        c.unit_code,
        p.unit_code as ancestor_code,
        c.distance + 1 as distance
    from climb as c
    inner join valid_unit as u on u.unit_code = c.ancestor_code
    inner join valid_unit as p on p.unit_code = u.parent_code
    where c.distance < 8
)

select
    c.unit_code,
    c.ancestor_code,
    c.distance
from climb as c

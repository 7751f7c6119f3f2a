-- learned_head: what a person decided that the heads of a county's files mean, decisions in force only.
-- in:    $unit VARCHAR
-- reads: column_understood
-- grain: one row per table and head
-- out:   table_name VARCHAR, head VARCHAR, field VARCHAR
-- note:  the last decision stands; one that was withdrawn leaves the head as it was before any
with

last_decision as (
    select
        c.table_name,
        c.head,
        c.field,
        c.is_withdrawn
    from d.column_understood as c
    where c.unit_code = $unit
    qualify row_number() over (partition by c.table_name, c.head order by c.seq desc) = 1
),

final as (
    select
        l.table_name,
        l.head,
        l.field
    from last_decision as l
    where not l.is_withdrawn
)

select
    table_name,
    head,
    field
from final
order by table_name, head

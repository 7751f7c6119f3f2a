-- learned_head: what a person decided that the heads of a county's files mean, decisions in force only.
-- in:    $unit VARCHAR
-- reads: column_understood
-- grain: one row per table and head
-- out:   table_name VARCHAR, head VARCHAR, shown VARCHAR, field VARCHAR, actor VARCHAR
-- note:  the last decision stands; one that was withdrawn leaves the head as it was before any
with

last_decision as (
    select
        c.table_name,
        c.head,
        c.shown,
        c.field,
        c.is_withdrawn,
        c.actor
    from d.column_understood as c
    where c.unit_code = $unit
    qualify row_number() over (partition by c.table_name, c.head order by c.seq desc) = 1
),

final as (
    select
        l.table_name,
        l.head,
        l.shown,
        l.field,
        l.actor
    from last_decision as l
    where not l.is_withdrawn
)

select
    table_name,
    head,
    shown,
    field,
    actor
from final
order by table_name, head

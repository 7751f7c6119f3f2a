-- registered_unit: the registry as known at K: the last row of each code not removed.
-- in:    p_known_at TIMESTAMPTZ
-- reads: unit
-- grain: one row per code
-- out:   code VARCHAR, name VARCHAR, level VARCHAR, parent VARCHAR, is_submitter BOOLEAN,
--        aliases VARCHAR[], valid_from DATE, valid_to DATE, successor VARCHAR
-- note:  a unit with a successor but no last day ends the day before the successor begins
create or replace macro d.registered_unit(p_known_at) as table
with

last_line as (
    select arg_max(u.rowid, u.seq) as row_id
    from d.unit as u
    where u.recorded_at is null or u.recorded_at <= p_known_at
    group by u.code
),

last_row as (
    select
        u.code,
        u.name,
        u.level,
        nullif(u.parent, '') as parent,
        coalesce(u.is_submitter, false) as is_submitter,
        coalesce(u.aliases, []) as aliases,
        u.valid_from,
        u.valid_to,
        nullif(u.successor, '') as successor,
        coalesce(u.is_removed, false) as is_removed
    from last_line as l
    inner join d.unit as u on u.rowid = l.row_id
)

select
    r.code,
    r.name,
    r.level,
    r.parent,
    r.is_submitter,
    r.aliases,
    r.valid_from,
    coalesce(r.valid_to, n.valid_from - 1) as valid_to,
    r.successor
from last_row as r
left join last_row as n on n.code = r.successor and not n.is_removed
where not r.is_removed

-- unit_list: the registry as known at K, units no longer valid included.
-- in:    $known_at TIMESTAMPTZ
-- reads: d.registered_unit
-- grain: one row per code
-- out:   code VARCHAR, name VARCHAR, level VARCHAR, parent VARCHAR, is_submitter BOOLEAN,
--        aliases VARCHAR[], valid_from DATE, valid_to DATE, successor VARCHAR
select
    u.code,
    u.name,
    u.level,
    u.parent,
    u.is_submitter,
    u.aliases,
    u.valid_from,
    u.valid_to,
    u.successor
from d.registered_unit($known_at) as u
order by u.code

-- valid_unit: the units that exist on D, and which of them the regime obliges.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ, $levels VARCHAR[]
-- reads: d.registered_unit, unit_heir
-- grain: one row per unit valid on D
-- out:   unit_code VARCHAR, name VARCHAR, level VARCHAR, parent_code VARCHAR,
--        is_submitter BOOLEAN, aliases VARCHAR[], valid_from DATE, valid_to DATE,
--        begun_on DATE, is_obligated BOOLEAN
-- note:  begun_on is the first day of the unit or of the first one it carries on; null
--        is always
with

registered as (
    select
        u.code,
        u.name,
        u.level,
        u.parent,
        u.is_submitter,
        u.aliases,
        u.valid_from,
        u.valid_to
    from d.registered_unit($known_at) as u
),

begun as (
    select
        h.heir_code,
        min(coalesce(r.valid_from, date '0001-01-01')) as begun_on
    from unit_heir as h
    inner join registered as r on r.code = h.unit_code
    group by h.heir_code
)

select
    r.code as unit_code,
    r.name,
    r.level,
    p.heir_code as parent_code,
    r.is_submitter,
    r.aliases,
    r.valid_from,
    r.valid_to,
    nullif(b.begun_on, date '0001-01-01') as begun_on,
    coalesce(list_contains($levels::varchar[], r.level), false) as is_obligated
from registered as r
left join unit_heir as p on p.unit_code = r.parent
left join begun as b on b.heir_code = r.code
where
    (r.valid_from is null or r.valid_from <= $as_of)
    and (r.valid_to is null or r.valid_to >= $as_of)
order by r.code

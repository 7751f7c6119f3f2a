-- closing: the department's own confirmations 销号 in force at D, as known at K.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ
-- reads: d.closing, unit_heir
-- grain: one row per unit, session year, kind and item_key confirmed by D and not withdrawn
-- out:   unit_code VARCHAR, session_year INTEGER, kind VARCHAR, item_key VARCHAR,
--        closed_on DATE
with

last_word as (
    select
        h.heir_code,
        c.session_year,
        c.kind,
        c.item_key,
        arg_max(c.rowid, c.seq) as row_id
    from d.closing as c
    inner join unit_heir as h on h.unit_code = c.unit_code
    where c.recorded_at <= $known_at
    group by h.heir_code, c.session_year, c.kind, c.item_key
)

select
    w.heir_code as unit_code,
    w.session_year,
    w.kind,
    w.item_key,
    c.closed_on
from last_word as w
inner join d.closing as c on c.rowid = w.row_id
where not coalesce(c.is_withdrawn, false) and c.closed_on <= $as_of

-- current_closing: the department's own confirmations 销号 in force, as known at K.
-- in:    p_as_of DATE, p_known_at TIMESTAMPTZ
-- reads: closing, unit_heir
-- grain: one row per unit, session year, kind and item_key not withdrawn and closed by D
-- out:   unit_code VARCHAR, session_year INTEGER, kind VARCHAR, item_key VARCHAR, closed_on DATE,
--        actor VARCHAR
create or replace macro d.current_closing(p_as_of, p_known_at) as table
with

last_word as (
    select
        h.heir_code,
        c.session_year,
        c.kind,
        c.item_key,
        c.closed_on,
        c.actor,
        coalesce(c.is_withdrawn, false) as is_withdrawn
    from d.closing as c
    inner join d.unit_heir(p_as_of, p_known_at) as h on h.unit_code = c.unit_code
    where c.recorded_at <= p_known_at
    qualify
        row_number() over (
            partition by h.heir_code, c.session_year, c.kind, c.item_key
            order by c.seq desc
        ) = 1
)

select
    w.heir_code as unit_code,
    w.session_year,
    w.kind,
    w.item_key,
    w.closed_on,
    w.actor
from last_word as w
where not w.is_withdrawn and w.closed_on <= p_as_of

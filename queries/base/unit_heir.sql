-- unit_heir: who carries on each unit's history at D: itself, or the successor it ended in.
-- in:    p_as_of DATE, p_known_at TIMESTAMPTZ
-- reads: registered_unit
-- grain: one row per registered code
-- out:   unit_code VARCHAR, heir_code VARCHAR, merged_year INTEGER
-- note:  merged_year is set where two units of one heir were valid at the same time (a
--        merger):
--        up to that session year item numbers of the two do not name the same item
create or replace macro d.unit_heir(p_as_of, p_known_at) as table
with recursive

registered as (
    select
        u.code,
        u.successor,
        coalesce(u.valid_from, date '0001-01-01') as began_on,
        coalesce(u.valid_to, date '9999-12-31') as ended_on
    from d.registered_unit(p_known_at) as u
),

handover as (
    select
        r.code,
        n.code as next_code
    from registered as r
    inner join registered as n on n.code = r.successor
    where r.ended_on < p_as_of and n.began_on <= p_as_of
),

walk as (
    select
        h.code,
        h.next_code as heir_code,
        1 as step
    from handover as h

    union all

    select
        w.code,
        h.next_code as heir_code,
        w.step + 1 as step
    from walk as w
    inner join handover as h on h.code = w.heir_code
    where w.step < 16
),

last_step as (
    select
        w.code,
        arg_max(w.heir_code, w.step) as heir_code
    from walk as w
    group by w.code
),

heir as (
    select
        r.code,
        coalesce(l.heir_code, r.code) as heir_code,
        r.began_on,
        r.ended_on
    from registered as r
    left join last_step as l on l.code = r.code
),

merger as (
    select
        a.heir_code,
        max(year(least(a.ended_on, b.ended_on)))::integer as merged_year
    from heir as a
    inner join heir as b on b.heir_code = a.heir_code and b.code > a.code
    where a.began_on <= b.ended_on and b.began_on <= a.ended_on
    group by a.heir_code
)

select
    h.code as unit_code,
    h.heir_code,
    m.merged_year
from heir as h
left join merger as m on m.heir_code = h.heir_code

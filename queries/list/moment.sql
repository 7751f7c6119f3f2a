-- moment: every moment at which something became known.
-- in:
-- reads: d.submission, d.unit, d.closing
-- grain: one row per moment
-- out:   known_at TIMESTAMPTZ
with

moment as (
    select s.decided_at as known_at
    from d.submission as s

    union

    select u.recorded_at as known_at
    from d.unit as u

    union

    select c.recorded_at as known_at
    from d.closing as c
)

select m.known_at
from moment as m
where m.known_at is not null
order by m.known_at

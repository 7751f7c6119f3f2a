-- held_on_time 按期召开率: units whose annual meeting was held by the deadline of the year.
-- in:
-- reads: annual
-- grain: one row per obligated unit; pending ones are in the denominator
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
select
    a.unit_code,
    (a.status = 'held_on_time')::bigint as num,
    1::bigint as den
from annual as a
order by a.unit_code

-- minutes_issued 纪要印发率: counted meetings whose minutes were issued by D.
-- in:    $as_of DATE
-- reads: annual
-- grain: one row per obligated unit; den is 0 where nothing was held
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
select
    a.unit_code,
    coalesce(a.minutes_issued_on <= $as_of::date, false)::bigint as num,
    a.is_held::bigint as den
from annual as a
order by a.unit_code

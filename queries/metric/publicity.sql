-- publicity 宣传报道率: counted meetings with publicity recorded.
-- in:
-- reads: annual
-- grain: one row per obligated unit; den is 0 where nothing was held
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  not asked where the regime has no such rule: every pair is then 0/0
select
    a.unit_code,
    (a.is_held and a.has_publicity)::bigint as num,
    a.is_held::bigint as den
from annual as a
order by a.unit_code

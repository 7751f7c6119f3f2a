-- chair_meets_rule 主持规格达标率: held units whose chair rank the regime accepts.
-- in:    $accept_ranks VARCHAR[]
-- reads: annual
-- grain: one row per obligated unit; den is 0 where nothing was held
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  not asked where the regime has no chair rule: every pair is then 0/0
select
    a.unit_code,
    (a.is_held and list_contains($accept_ranks::varchar[], a.chair_rank))::bigint as num,
    a.is_held::bigint as den
from annual as a
order by a.unit_code

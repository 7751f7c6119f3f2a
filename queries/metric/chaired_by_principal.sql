-- chaired_by_principal 主要负责人主持率: held units whose chair was the head of government.
-- in:
-- reads: annual
-- grain: one row per obligated unit; den is 0 where nothing was held
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  a chair not named (unknown) is in the denominator
select
    a.unit_code,
    (a.is_held and a.chair_rank = 'principal')::bigint as num,
    a.is_held::bigint as den
from annual as a
order by a.unit_code

-- annual_meeting_held 年度会议召开率: units whose annual meeting took place, on time or late.
-- in:
-- reads: annual
-- grain: one row per obligated unit; pending ones are in the denominator
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
select
    a.unit_code,
    a.is_held::bigint as num,
    1::bigint as den
from annual as a
order by a.unit_code

-- topic_lead_time 议题提前征集率: counted meetings whose topics were solicited early enough.
-- in:    $lead_months INTEGER
-- reads: annual
-- grain: one row per obligated unit; den is 0 where nothing was held
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  calendar months before held_on; a blank date does not meet it
-- note:  not asked where the regime has no such rule: every pair is then 0/0
select
    a.unit_code,
    coalesce(
        a.solicited_on <= a.held_on - to_months($lead_months::integer), false
    )::bigint as num,
    a.is_held::bigint as den
from annual as a
order by a.unit_code

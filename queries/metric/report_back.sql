-- report_back 落实情况回报率: counted meetings that reported on the last session's items.
-- in:
-- reads: annual
-- grain: one row per obligated unit; den is 0 where nothing was held or no earlier item
--        exists
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  "an earlier session year" is any smaller year, not only the one before
select
    a.unit_code,
    (
        a.is_held and a.n_earlier_item > 0 and coalesce(a.agenda_report, false)
    )::bigint as num,
    (a.is_held and a.n_earlier_item > 0)::bigint as den
from annual as a
order by a.unit_code

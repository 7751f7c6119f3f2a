-- report_back 落实情况回报: the counted meeting did not report on the last session's items.
-- in:
-- reads: annual
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n is the number of items of the last session year that had any
-- note:  evidence: the agenda cell, blank or 否
select
    a.unit_code,
    '' as item,
    '' as observed,
    a.held_on as seen_on,
    a.n_last_item::bigint as n,
    0::bigint as n_of,
    a.submission_id,
    a.file,
    a.sheet,
    a.row_no,
    a.cells,
    ['agenda_report']::varchar[] as fields
from annual as a
where
    a.is_held
    and a.n_earlier_item > 0
    and not coalesce(a.agenda_report, false)
order by a.unit_code

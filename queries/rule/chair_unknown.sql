-- chair_unknown 主持人未载明: nothing says who presided at the held meeting.
-- in:
-- reads: annual
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  evidence: the cells of the chair, blank or not understood; observed is what
--        they hold
select
    a.unit_code,
    '' as item,
    coalesce(a.chair_title, '') || coalesce(a.chair_name, '') as observed,
    a.chair_held_on as seen_on,
    0::bigint as n,
    0::bigint as n_of,
    a.chair_submission_id as submission_id,
    a.chair_file as file,
    a.chair_sheet as sheet,
    a.chair_row_no as row_no,
    a.chair_cells as cells,
    ['chair_name', 'chair_title']::varchar[] as fields
from annual as a
where a.is_held and a.chair_rank = 'unknown'
order by a.unit_code

-- chair 主持规格: the chair of the held meeting is known and not of an accepted rank.
-- in:    $accept_ranks VARCHAR[]
-- reads: annual
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  item is the chair's rank, observed their title and name
-- note:  evidence: name and title of the chair in the annual meeting with the highest rank
select
    a.unit_code,
    a.chair_rank as item,
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
where
    a.is_held
    and a.chair_rank <> 'unknown'
    and not list_contains($accept_ranks::varchar[], a.chair_rank)
order by a.unit_code

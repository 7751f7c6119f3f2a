-- publicity 宣传报道: the counted meeting has no publicity recorded.
-- in:
-- reads: annual
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  evidence: the cell of 宣传报道
select
    a.unit_code,
    '' as item,
    '' as observed,
    a.held_on as seen_on,
    0::bigint as n,
    0::bigint as n_of,
    a.submission_id,
    a.file,
    a.sheet,
    a.row_no,
    a.cells,
    ['publicity']::varchar[] as fields
from annual as a
where a.is_held and not coalesce(a.has_publicity, false)
order by a.unit_code

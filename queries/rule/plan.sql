-- plan 实施方案: an item of the population has no implementation plan by D.
-- in:    $as_of DATE
-- reads: obligated_unit, population
-- grain: one row per failing item
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n_of is the number of items in the unit's population
-- note:  evidence: the cell of 实施方案印发日期
with

size as (
    select
        p.unit_code,
        count(*) as n_item
    from population as p
    group by p.unit_code
)

select
    p.unit_code,
    p.title as item,
    '' as observed,
    null::date as seen_on,
    1::bigint as n,
    z.n_item as n_of,
    p.submission_id,
    p.file,
    p.sheet,
    p.row_no,
    p.cells,
    ['plan_on']::varchar[] as fields
from population as p
inner join obligated_unit as u on u.unit_code = p.unit_code
inner join size as z on z.unit_code = p.unit_code
where not coalesce(p.plan_on <= $as_of::date, false)
order by p.unit_code, p.session_year, p.kind, p.item_key

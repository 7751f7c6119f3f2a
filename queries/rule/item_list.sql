-- item_list 责任清单: an item of the population lacks its unit, owner or deadline.
-- in:
-- reads: obligated_unit, population
-- grain: one row per failing item
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n_of is the number of items in the unit's population; observed what is missing
-- note:  evidence: the blank cells
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
    concat_ws(
        '、',
        case when p.lead_unit is null then '牵头单位' end,
        case when p.owner is null then '责任人' end,
        case when p.due_on is null then '完成时限' end
    ) as observed,
    null::date as seen_on,
    1::bigint as n,
    z.n_item as n_of,
    p.submission_id,
    p.file,
    p.sheet,
    p.row_no,
    p.cells,
    list_filter(
        [
            case when p.lead_unit is null then 'lead_unit' end,
            case when p.owner is null then 'owner' end,
            case when p.due_on is null then 'due_on' end
        ],
        lambda x : x is not null
    )::varchar[] as fields
from population as p
inner join obligated_unit as u on u.unit_code = p.unit_code
inner join size as z on z.unit_code = p.unit_code
where
    p.lead_unit is null
    or p.owner is null
    or p.due_on is null
order by p.unit_code, p.session_year, p.kind, p.item_key

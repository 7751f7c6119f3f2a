-- explain 未落实事项说明: an overdue item has no reason given, or no new deadline where one is asked.
-- in:    $needs_new_deadline BOOLEAN
-- reads: obligated_unit, population
-- grain: one row per failing item
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n_of is the number of overdue items; observed what is missing
-- note:  evidence: the blank cells
with

size as (
    select
        p.unit_code,
        count(*) as n_item
    from population as p
    where p.state = 'overdue'
    group by p.unit_code
)

select
    p.unit_code,
    p.title as item,
    concat_ws(
        '、',
        case when p.reason is null then '未完成原因' end,
        case
            when $needs_new_deadline::boolean and p.revised_due_on is null
                then '调整后完成时限'
        end
    ) as observed,
    p.effective_due_on as seen_on,
    p.overdue_days::bigint as n,
    z.n_item as n_of,
    p.submission_id,
    p.file,
    p.sheet,
    p.row_no,
    p.cells,
    list_filter(
        [
            case when p.reason is null then 'reason' end,
            case
                when $needs_new_deadline::boolean and p.revised_due_on is null
                    then 'revised_due_on'
            end
        ],
        lambda x : x is not null
    )::varchar[] as fields
from population as p
inner join obligated_unit as u on u.unit_code = p.unit_code
inner join size as z on z.unit_code = p.unit_code
where
    p.state = 'overdue'
    and (
        p.reason is null
        or ($needs_new_deadline::boolean and p.revised_due_on is null)
    )
order by p.unit_code, p.session_year, p.kind, p.item_key

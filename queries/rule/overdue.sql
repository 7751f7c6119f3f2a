-- overdue 议定事项逾期: an item of the population is overdue at D.
-- in:
-- reads: obligated_unit, population
-- grain: one row per overdue item, the longest overdue first
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n is the days overdue, seen_on the effective deadline
-- note:  evidence: deadline, state and extended deadline
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
    p.effective_due_on as seen_on,
    p.overdue_days::bigint as n,
    z.n_item as n_of,
    p.submission_id,
    p.file,
    p.sheet,
    p.row_no,
    p.cells,
    case
        when p.revised_due_on is null then ['due_on', 'status']
        else ['due_on', 'revised_due_on', 'status']
    end::varchar[] as fields
from population as p
inner join obligated_unit as u on u.unit_code = p.unit_code
inner join size as z on z.unit_code = p.unit_code
where p.state = 'overdue'
order by p.unit_code, p.overdue_days desc, p.session_year, p.kind, p.item_key

-- population: 应办事项, the items that resolution indicators count.
-- in:    $year INTEGER, $session INTEGER
-- reads: item
-- grain: one row per item
-- out:   unit_code VARCHAR, session_year INTEGER, kind VARCHAR, item_key VARCHAR, title
--        VARCHAR,
--        lead_unit VARCHAR, owner VARCHAR, due_on DATE, revised_due_on DATE, plan_on DATE,
--        reason VARCHAR, state VARCHAR, done_on DATE, effective_due_on DATE,
--        overdue_days INTEGER, closed_on DATE, submission_id VARCHAR, file VARCHAR,
--        sheet VARCHAR, row_no INTEGER, cells VARCHAR
-- note:  $session 0 is the active population: session years up to $year, not done before
--        it began;
--        otherwise all items of one session year, whenever completed
select
    i.unit_code,
    i.session_year,
    i.kind,
    i.item_key,
    i.title,
    i.lead_unit,
    i.owner,
    i.due_on,
    i.revised_due_on,
    i.plan_on,
    i.reason,
    i.state,
    i.done_on,
    i.effective_due_on,
    i.overdue_days,
    i.closed_on,
    i.submission_id,
    i.file,
    i.sheet,
    i.row_no,
    i.cells
from item as i
where
    i.is_decided
    and i.state not in ('cancelled', 'ongoing')
    and case
        when $session::integer = 0
            then
                i.session_year <= $year::integer
                and coalesce(i.done_on >= make_date($year::integer, 1, 1), true)
        else i.session_year = $session::integer
    end

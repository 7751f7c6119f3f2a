-- resolution_ledger: every resolution in force with its state at D and its source.
-- in:    $as_of DATE
-- reads: valid_unit, item, population
-- grain: one row per item
-- out:   unit_code VARCHAR, unit_name VARCHAR, level VARCHAR, parent_code VARCHAR,
--        session_year INTEGER, kind VARCHAR, item_key VARCHAR, item_no VARCHAR,
--        title VARCHAR, title_key VARCHAR, category VARCHAR, proposer VARCHAR,
--        lead_unit VARCHAR, support_units VARCHAR, owner VARCHAR, due_on DATE,
--        due_text VARCHAR, revised_due_on DATE, plan_on DATE, status VARCHAR,
--        percent DOUBLE, completed_on DATE, progress VARCHAR, reason VARCHAR,
--        next_step VARCHAR, remark VARCHAR, extra VARCHAR, submission_id VARCHAR,
--        quarter VARCHAR, file VARCHAR, sha256 VARCHAR, received_at TIMESTAMPTZ,
--        sheet VARCHAR, row_no INTEGER, cells VARCHAR, decided_on DATE, done_on DATE,
--        is_done_on_assumed BOOLEAN, effective_due_on DATE, state VARCHAR,
--        overdue_days INTEGER, closed_on DATE, in_population BOOLEAN, is_decided BOOLEAN,
--        is_on_time BOOLEAN
-- note:  is_on_time is null where on-time is not judged: no due_on, or neither done nor
--        due by D
select
    i.unit_code,
    u.name as unit_name,
    u.level,
    u.parent_code,
    i.session_year,
    i.kind,
    i.item_key,
    i.item_no,
    i.title,
    i.title_key,
    i.category,
    i.proposer,
    i.lead_unit,
    i.support_units,
    i.owner,
    i.due_on,
    i.due_text,
    i.revised_due_on,
    i.plan_on,
    i.status,
    i.percent,
    i.completed_on,
    i.progress,
    i.reason,
    i.next_step,
    i.remark,
    i.extra,
    i.submission_id,
    i.quarter,
    i.file,
    i.sha256,
    i.received_at,
    i.sheet,
    i.row_no,
    i.cells,
    i.decided_on,
    i.done_on,
    i.is_done_on_assumed,
    i.effective_due_on,
    i.state,
    i.overdue_days,
    i.closed_on,
    p.item_key is not null as in_population,
    i.is_decided,
    case
        when i.due_on is null then null
        when i.state = 'completed' then i.done_on <= i.due_on
        when
            i.state in ('overdue', 'in_progress', 'not_started')
            and i.due_on <= $as_of::date
            then false
    end as is_on_time
from item as i
inner join valid_unit as u on u.unit_code = i.unit_code
left join population as p
    on
        p.unit_code = i.unit_code
        and p.session_year = i.session_year
        and p.kind = i.kind
        and p.item_key = i.item_key
order by
    i.unit_code,
    i.session_year desc,
    i.kind,
    try_cast(i.item_no as integer) nulls last,
    i.item_key

-- item: every resolution in force with its state at D.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ
-- reads: d.current_resolution, closing, current_meeting
-- grain: one row per unit, session year, kind and item_key
-- out:   unit_code VARCHAR, session_year INTEGER, kind VARCHAR, item_key VARCHAR,
--        item_no VARCHAR, title VARCHAR, title_key VARCHAR, category VARCHAR,
--        proposer VARCHAR, lead_unit VARCHAR, support_units VARCHAR, owner VARCHAR,
--        due_on DATE, due_text VARCHAR, revised_due_on DATE, plan_on DATE, status VARCHAR,
--        percent DOUBLE, completed_on DATE, progress VARCHAR, reason VARCHAR,
--        next_step VARCHAR, remark VARCHAR, extra VARCHAR, submission_id VARCHAR,
--        quarter VARCHAR, file VARCHAR, sha256 VARCHAR, received_at TIMESTAMPTZ,
--        sheet VARCHAR, row_no INTEGER, cells VARCHAR, decided_on DATE, is_decided BOOLEAN,
--        done_on DATE, is_done_on_assumed BOOLEAN, effective_due_on DATE, state VARCHAR,
--        overdue_days INTEGER, closed_on DATE
-- note:  decided_on is the earliest meeting of that unit, session year and kind;
--        is_decided leaves
--        out items of a substitute and items whose meeting no version in force reports
-- note:  done_on is null unless completed by D
with

meeting as (
    select
        m.unit_code,
        m.session_year,
        m.kind,
        min(m.held_on) as decided_on
    from current_meeting as m
    group by m.unit_code, m.session_year, m.kind
),

resolution as (
    select
        r.*,
        coalesce(r.revised_due_on, r.due_on) as effective_due_on,
        case
            when r.status = 'completed'
                then coalesce(r.completed_on, r.first_done_on)
        end as reported_done_on
    from d.current_resolution($as_of, $known_at) as r
),

closed as (
    select
        r.unit_code,
        r.session_year,
        r.kind,
        r.item_key,
        max(c.closed_on) as closed_on
    from resolution as r
    inner join closing as c
        on
            c.unit_code = r.unit_code
            and c.session_year = r.session_year
            and c.kind = r.kind
            and c.item_key in (r.item_key, 't:' || r.title_key)
    group by r.unit_code, r.session_year, r.kind, r.item_key
),

stated as (
    select
        r.*,
        m.decided_on,
        r.kind <> 'substitute' and m.decided_on is not null as is_decided,
        case
            when r.reported_done_on <= $as_of then r.reported_done_on
        end as done_on,
        case
            when r.status in ('cancelled', 'ongoing') then r.status
            when r.reported_done_on <= $as_of then 'completed'
            when r.effective_due_on <= $as_of then 'overdue'
            when r.status = 'not_started' then 'not_started'
            else 'in_progress'
        end as state,
        c.closed_on
    from resolution as r
    left join meeting as m
        on
            m.unit_code = r.unit_code
            and m.session_year = r.session_year
            and m.kind = r.kind
    left join closed as c
        on
            c.unit_code = r.unit_code
            and c.session_year = r.session_year
            and c.kind = r.kind
            and c.item_key = r.item_key
)

select
    s.unit_code,
    s.session_year,
    s.kind,
    s.item_key,
    s.item_no,
    s.title,
    s.title_key,
    s.category,
    s.proposer,
    s.lead_unit,
    s.support_units,
    s.owner,
    s.due_on,
    s.due_text,
    s.revised_due_on,
    s.plan_on,
    s.status,
    s.percent,
    s.completed_on,
    s.progress,
    s.reason,
    s.next_step,
    s.remark,
    s.extra,
    s.submission_id,
    s.quarter,
    s.file,
    s.sha256,
    s.received_at,
    s.sheet,
    s.row_no,
    s.cells,
    s.decided_on,
    s.is_decided,
    s.done_on,
    s.done_on is not null and s.completed_on is null as is_done_on_assumed,
    s.effective_due_on,
    s.state,
    case
        when s.state = 'overdue' then date_diff('day', s.effective_due_on, $as_of::date)
        else 0
    end::integer as overdue_days,
    s.closed_on
from stated as s

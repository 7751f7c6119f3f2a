-- current_resolution: the resolutions in force at D, as known at K, by the heir.
-- in:    p_as_of DATE, p_known_at TIMESTAMPTZ
-- reads: resolution, accepted_submission, unit_heir
-- grain: one row per item: unit, session year, kind and item_key; the latest quarter's
--        row wins, whole
-- out:   unit_code VARCHAR, reported_unit_code VARCHAR, session_year INTEGER, kind VARCHAR,
--        item_key VARCHAR, item_no VARCHAR, title VARCHAR, title_key VARCHAR, category
--        VARCHAR,
--        proposer VARCHAR, lead_unit VARCHAR, support_units VARCHAR, owner VARCHAR,
--        due_on DATE,
--        due_text VARCHAR, revised_due_on DATE, plan_on DATE, status VARCHAR, percent
--        DOUBLE,
--        completed_on DATE, first_done_on DATE, progress VARCHAR, reason VARCHAR,
--        next_step VARCHAR, remark VARCHAR, extra VARCHAR, submission_id VARCHAR,
--        quarter VARCHAR, version INTEGER, file VARCHAR, sha256 VARCHAR,
--        received_at TIMESTAMPTZ, sheet VARCHAR, row_no INTEGER, cells VARCHAR
-- note:  item_key is n:<number>, else t:<title>. A row without a number is the item of
--        that title in
--        the same meeting that has one, whichever quarter had it (queries/README.md, Items)
-- note:  up to the year of a merger items go by title: two units' numbers are not one
--        item's
-- note:  first_done_on is the last day of the first quarter whose version in force says
--        done
create or replace macro d.current_resolution(p_as_of, p_known_at) as table
with

reported as (
    select
        r.rowid as row_id,
        h.heir_code,
        r.session_year,
        r.kind,
        r.title_key,
        case
            when r.session_year <= h.merged_year then null
            else nullif(r.item_no, '')
        end as number,
        r.status,
        r.row_no,
        s.id as submission_id,
        s.period_end,
        s.decided_at,
        s.seq
    from d.resolution as r
    inner join d.accepted_submission(p_as_of, p_known_at) as s on s.id = r.submission_id
    inner join d.unit_heir(p_as_of, p_known_at) as h on h.unit_code = r.unit_code
),

numbered as (
    select
        r.heir_code,
        r.session_year,
        r.kind,
        r.title_key,
        r.number,
        max(r.period_end) as last_on,
        list(distinct r.submission_id) as submissions
    from reported as r
    where r.number is not null
    group by r.heir_code, r.session_year, r.kind, r.title_key, r.number
),

matched as (
    select
        r.row_id,
        arg_min(
            n.number, (date_diff('day', n.last_on, date '9999-12-31'), n.number)
        ) as number
    from reported as r
    inner join numbered as n
        on
            n.heir_code = r.heir_code
            and n.session_year = r.session_year
            and n.kind = r.kind
            and n.title_key = r.title_key
    where r.number is null and not list_contains(n.submissions, r.submission_id)
    group by r.row_id
),

keyed as (
    select
        r.row_id,
        r.heir_code,
        r.session_year,
        r.kind,
        coalesce('n:' || r.number, 'n:' || m.number, 't:' || r.title_key) as item_key,
        r.status,
        r.row_no,
        r.period_end,
        r.decided_at,
        r.seq
    from reported as r
    left join matched as m on m.row_id = r.row_id
),

latest as (
    select
        arg_max(k.row_id, (k.period_end, k.decided_at, k.seq, k.row_no)) as row_id,
        k.heir_code,
        k.item_key,
        min(k.period_end) filter (k.status = 'completed') as first_done_on
    from keyed as k
    group by k.heir_code, k.session_year, k.kind, k.item_key
)

select
    k.heir_code as unit_code,
    r.unit_code as reported_unit_code,
    r.session_year,
    r.kind,
    k.item_key,
    r.item_no,
    r.title,
    r.title_key,
    r.category,
    r.proposer,
    r.lead_unit,
    r.support_units,
    r.owner,
    r.due_on,
    r.due_text,
    r.revised_due_on,
    r.plan_on,
    r.status,
    r.percent,
    r.completed_on,
    k.first_done_on,
    r.progress,
    r.reason,
    r.next_step,
    r.remark,
    r.extra,
    r.submission_id,
    s.quarter,
    s.version,
    s.file,
    s.sha256,
    s.received_at,
    r.sheet,
    r.row_no,
    r.cells
from latest as k
inner join d.resolution as r on r.rowid = k.row_id
inner join d.submission as s on s.id = r.submission_id

-- agenda 会议议程: the counted meeting lacks an agenda item that the regime lists.
-- in:    $agenda VARCHAR[]
-- reads: annual
-- grain: one row per missing agenda item of a failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  item is the agenda item's id; exceptions as in metric/agenda_complete.sql
-- note:  evidence: the cell of each missing item
with

asked as (
    select
        a.unit_code,
        unnest(['report', 'topics', 'discuss', 'deploy']) as item,
        unnest([
            coalesce(a.agenda_report, false) or a.n_earlier_item = 0,
            coalesce(a.agenda_topics, false),
            coalesce(a.agenda_discuss, false),
            coalesce(a.agenda_deploy, false)
        ]) as is_met,
        a.held_on,
        a.submission_id,
        a.file,
        a.sheet,
        a.row_no,
        a.cells
    from annual as a
    where a.is_held
)

select
    q.unit_code,
    q.item,
    '' as observed,
    q.held_on as seen_on,
    0::bigint as n,
    0::bigint as n_of,
    q.submission_id,
    q.file,
    q.sheet,
    q.row_no,
    q.cells,
    ['agenda_' || q.item]::varchar[] as fields
from asked as q
where not q.is_met and list_contains($agenda::varchar[], q.item)
order by q.unit_code, list_position(['report', 'topics', 'discuss', 'deploy'], q.item)

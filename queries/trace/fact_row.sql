-- fact_row: what was read from a row of a file, field by field.
-- in:    $id VARCHAR, $sheet VARCHAR, $row_no INTEGER
-- reads: d.meeting, d.resolution, d.establishment, d.submission
-- grain: one row per fact row of the submission that fits
-- out:   fact VARCHAR, unit_code VARCHAR, submission_id VARCHAR, submitter_code VARCHAR,
--        quarter VARCHAR, version INTEGER, file VARCHAR, sha256 VARCHAR,
--        received_at TIMESTAMPTZ, sheet VARCHAR, row_no INTEGER, cells VARCHAR, facts
--        VARCHAR
-- note:  an empty $sheet or a $row_no of 0 does not filter; facts is JSON by field name
with

fact as (
    select
        'meeting' as fact,
        m.unit_code,
        m.submission_id,
        m.sheet,
        m.row_no,
        m.cells,
        to_json({
            'unit': m.unit_code, 'session_year': m.session_year, 'kind': m.kind,
            'title': m.title, 'held_on': m.held_on, 'chair_name': m.chair_name,
            'chair_title': m.chair_title, 'chair_rank': m.chair_rank,
            'gov_attendees': m.gov_attendees, 'union_attendees': m.union_attendees,
            'solicited_on': m.solicited_on, 'gov_topics': m.gov_topics,
            'union_topics': m.union_topics, 'joint_topics': m.joint_topics,
            'agenda_report': m.agenda_report, 'agenda_topics': m.agenda_topics,
            'agenda_discuss': m.agenda_discuss, 'agenda_deploy': m.agenda_deploy,
            'minutes_number': m.minutes_number, 'minutes_issued_on': m.minutes_issued_on,
            'publicity': m.publicity, 'remark': m.remark
        })::varchar as facts
    from d.meeting as m

    union all

    select
        'resolution' as fact,
        r.unit_code,
        r.submission_id,
        r.sheet,
        r.row_no,
        r.cells,
        to_json({
            'unit': r.unit_code, 'session_year': r.session_year, 'kind': r.kind,
            'item_no': r.item_no, 'title': r.title, 'category': r.category,
            'proposer': r.proposer, 'lead_unit': r.lead_unit,
            'support_units': r.support_units, 'owner': r.owner, 'due_on': r.due_on,
            'revised_due_on': r.revised_due_on, 'plan_on': r.plan_on, 'status': r.status,
            'percent': r.percent, 'completed_on': r.completed_on, 'progress': r.progress,
            'reason': r.reason, 'next_step': r.next_step, 'remark': r.remark
        })::varchar as facts
    from d.resolution as r

    union all

    select
        'establishment' as fact,
        e.unit_code,
        e.submission_id,
        e.sheet,
        e.row_no,
        e.cells,
        to_json({
            'unit': e.unit_code, 'level_text': e.level_text,
            'established': e.is_established, 'established_on': e.established_on,
            'document': e.document, 'remark': e.remark
        })::varchar as facts
    from d.establishment as e
)

select
    f.fact,
    f.unit_code,
    f.submission_id,
    s.unit_code as submitter_code,
    s.quarter,
    s.version,
    s.file,
    s.sha256,
    s.received_at,
    f.sheet,
    f.row_no,
    f.cells,
    f.facts
from fact as f
inner join d.submission as s on s.id = f.submission_id
where
    f.submission_id = $id
    and ($sheet = '' or f.sheet = $sheet)
    and ($row_no::integer = 0 or f.row_no = $row_no::integer)
order by f.fact, f.sheet, f.row_no, f.unit_code

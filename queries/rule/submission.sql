-- submission 季度报表报送: the report of Q itself came late or is missing though due at K.
-- in:
-- reads: obligated_unit, receipt
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  n is the days late, 0 where nothing was received
-- note:  where only the fourth quarter is judged, others are not asked (finding.go)
-- note:  evidence: the file in force, without cells; nothing where none was received
select
    u.unit_code,
    r.quarter as item,
    case when r.first_received_at is null then 'missing' else 'late' end as observed,
    r.due_on as seen_on,
    coalesce(
        date_diff(
            'day', r.due_on, timezone('Asia/Shanghai', r.first_received_at)::date
        ),
        0
    )::bigint as n,
    0::bigint as n_of,
    r.submission_id,
    r.file,
    null::varchar as sheet,
    null::integer as row_no,
    null::varchar as cells,
    []::varchar[] as fields
from obligated_unit as u
inner join receipt as r on r.submitter_code = u.submitter_code
where r.is_of_quarter and r.is_on_time = false
order by u.unit_code

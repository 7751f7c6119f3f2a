-- report_list: reports in words (文字材料), those that wait for an officer first, each the newest first.
-- in:    $known_at TIMESTAMPTZ, $id VARCHAR, $unit VARCHAR, $scope VARCHAR
-- reads: d.report, d.report_settled, d.submission, d.registered_unit
-- grain: one row per report in words
-- out:   submission_id VARCHAR, unit_code VARCHAR, unit_name VARCHAR, quarter VARCHAR,
--        kind VARCHAR, session_year INTEGER, held_on DATE, file VARCHAR,
--        received_at TIMESTAMPTZ, actor VARCHAR, n_warning INTEGER, how VARCHAR,
--        by_id VARCHAR, words VARCHAR, settled_by VARCHAR, settled_at TIMESTAMPTZ
-- note:  an empty parameter does not filter; how is '' while a report waits
with

settled as (
    select
        t.report_id,
        t.how,
        t.by_id,
        t.words,
        t.actor,
        t.recorded_at
    from d.report_settled as t
    qualify row_number() over (partition by t.report_id order by t.seq desc) = 1
)

select
    s.id as submission_id,
    s.unit_code,
    u.name as unit_name,
    s.quarter,
    r.kind,
    r.session_year,
    r.held_on,
    s.file,
    s.received_at,
    s.actor,
    s.n_warning,
    coalesce(t.how, '') as how,
    t.by_id,
    t.words,
    t.actor as settled_by,
    t.recorded_at as settled_at
from d.report as r
inner join d.submission as s on s.id = r.submission_id and s.status = 'words'
left join settled as t on t.report_id = s.id
left join d.registered_unit($known_at) as u on u.code = s.unit_code
where
    ($id = '' or s.id = $id)
    and ($unit = '' or s.unit_code = $unit)
    and ($scope = '' or s.unit_code = $scope)
order by t.how is not null, s.received_at desc, s.seq desc

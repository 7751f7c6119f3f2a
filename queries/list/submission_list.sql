-- submission_list: files received, the newest first.
-- in:    $known_at TIMESTAMPTZ, $id VARCHAR, $unit VARCHAR, $scope VARCHAR,
--        $quarter VARCHAR, $status VARCHAR
-- reads: d.submission, d.registered_unit
-- grain: one row per file received
-- out:   submission_id VARCHAR, seq BIGINT, unit_code VARCHAR, unit_name VARCHAR,
--        quarter VARCHAR, version INTEGER, status VARCHAR, file VARCHAR, sha256 VARCHAR,
--        reading VARCHAR, received_at TIMESTAMPTZ, actor VARCHAR, n_meeting INTEGER,
--        n_resolution INTEGER, n_establishment INTEGER, n_error INTEGER, n_warning INTEGER,
--        is_in_force BOOLEAN
-- note:  an empty parameter does not filter
with

submission as (
    select
        s.id,
        s.seq,
        s.unit_code,
        s.quarter,
        s.version,
        s.status,
        s.file,
        s.sha256,
        s.reading,
        s.received_at,
        s.actor,
        s.n_meeting,
        s.n_resolution,
        s.n_establishment,
        s.n_error,
        s.n_warning,
        s.status = 'accepted'
        and row_number() over (
            partition by s.status, s.unit_code, s.quarter
            order by s.received_at desc, s.seq desc
        ) = 1 as is_in_force
    from d.submission as s
    where s.received_at <= $known_at
)

select
    s.id as submission_id,
    s.seq,
    s.unit_code,
    u.name as unit_name,
    s.quarter,
    s.version,
    s.status,
    s.file,
    s.sha256,
    s.reading,
    s.received_at,
    s.actor,
    s.n_meeting,
    s.n_resolution,
    s.n_establishment,
    s.n_error,
    s.n_warning,
    s.is_in_force
from submission as s
left join d.registered_unit($known_at) as u on u.code = s.unit_code
where
    ($id = '' or s.id = $id)
    and ($unit = '' or s.unit_code = $unit)
    and ($scope = '' or s.unit_code = $scope)
    and ($quarter = '' or s.quarter = $quarter)
    and ($status = '' or s.status = $status)
order by s.received_at desc, s.seq desc

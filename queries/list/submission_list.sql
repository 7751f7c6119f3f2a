-- submission_list: files received, the newest first, those that wait for an officer among them.
-- in:    $known_at TIMESTAMPTZ, $id VARCHAR, $unit VARCHAR, $scope VARCHAR,
--        $quarter VARCHAR, $status VARCHAR
-- reads: d.submission, d.held_submission, d.held_decision, d.registered_unit
-- grain: one row per file received
-- out:   submission_id VARCHAR, seq BIGINT, unit_code VARCHAR, unit_name VARCHAR,
--        quarter VARCHAR, version INTEGER, status VARCHAR, file VARCHAR, sha256 VARCHAR,
--        reading VARCHAR, received_at TIMESTAMPTZ, decided_at TIMESTAMPTZ, actor VARCHAR,
--        n_meeting INTEGER, n_resolution INTEGER, n_establishment INTEGER,
--        n_error INTEGER, n_warning INTEGER, is_in_force BOOLEAN, decided_by VARCHAR,
--        words VARCHAR, by_id VARCHAR
-- note:  an empty parameter does not filter; decided_by and words are of files that were
--        held, decided_at is null while one waits
with

decided as (
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
        s.decided_at,
        s.actor,
        s.n_meeting,
        s.n_resolution,
        s.n_establishment,
        s.n_error,
        s.n_warning,
        s.status = 'accepted'
        and row_number() over (
            partition by s.status, s.unit_code, s.quarter
            order by s.decided_at desc, s.seq desc
        ) = 1 as is_in_force,
        h.actor as decided_by,
        h.words,
        h.by_id
    from d.submission as s
    left join d.held_decision as h on h.submission_id = s.id
    where s.received_at <= $known_at
),

held as (
    select
        s.id,
        s.seq,
        s.unit_code,
        s.quarter,
        null::integer as version,
        coalesce(h.state, 'pending') as status,
        s.file,
        s.sha256,
        s.reading,
        s.received_at,
        h.logged_at as decided_at,
        s.actor,
        s.n_meeting,
        s.n_resolution,
        s.n_establishment,
        s.n_error,
        s.n_warning,
        false as is_in_force,
        h.actor as decided_by,
        h.words,
        h.by_id
    from d.held_submission as s
    left join d.held_decision as h on h.submission_id = s.id
    where
        s.received_at <= $known_at
        and not exists (select 1 from d.submission as o where o.id = s.id)
),

submission as (
    select
        a.id,
        a.seq,
        a.unit_code,
        a.quarter,
        a.version,
        a.status,
        a.file,
        a.sha256,
        a.reading,
        a.received_at,
        a.decided_at,
        a.actor,
        a.n_meeting,
        a.n_resolution,
        a.n_establishment,
        a.n_error,
        a.n_warning,
        a.is_in_force,
        a.decided_by,
        a.words,
        a.by_id
    from decided as a

    union all

    select
        b.id,
        b.seq,
        b.unit_code,
        b.quarter,
        b.version,
        b.status,
        b.file,
        b.sha256,
        b.reading,
        b.received_at,
        b.decided_at,
        b.actor,
        b.n_meeting,
        b.n_resolution,
        b.n_establishment,
        b.n_error,
        b.n_warning,
        b.is_in_force,
        b.decided_by,
        b.words,
        b.by_id
    from held as b
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
    s.decided_at,
    s.actor,
    s.n_meeting,
    s.n_resolution,
    s.n_establishment,
    s.n_error,
    s.n_warning,
    s.is_in_force,
    s.decided_by,
    s.words,
    s.by_id
from submission as s
left join d.registered_unit($known_at) as u on u.code = s.unit_code
where
    ($id = '' or s.id = $id)
    and ($unit = '' or s.unit_code = $unit)
    and ($scope = '' or s.unit_code = $scope)
    and ($quarter = '' or s.quarter = $quarter)
    and ($status = '' or s.status = $status)
order by s.received_at desc, s.seq desc

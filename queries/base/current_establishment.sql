-- current_establishment: the latest word on each unit's establishment at D, as known at K.
-- in:    p_as_of DATE, p_known_at TIMESTAMPTZ
-- reads: establishment, accepted_submission, unit_heir
-- grain: one row per unit ever reported; the latest quarter's row wins, whole
-- out:   unit_code VARCHAR, reported_unit_code VARCHAR, level_text VARCHAR,
--        is_established BOOLEAN, established_on DATE, document VARCHAR, remark VARCHAR,
--        extra VARCHAR, submission_id VARCHAR, quarter VARCHAR, version INTEGER, file
--        VARCHAR,
--        sha256 VARCHAR, received_at TIMESTAMPTZ, sheet VARCHAR, row_no INTEGER, cells
--        VARCHAR
-- note:  is_established is what counts at D: a date after D does not
create or replace macro d.current_establishment(p_as_of, p_known_at) as table
with

latest as (
    select
        h.heir_code,
        arg_max(e.rowid, (s.period_end, s.decided_at, s.seq, e.row_no)) as row_id
    from d.establishment as e
    inner join d.accepted_submission(p_as_of, p_known_at) as s on s.id = e.submission_id
    inner join d.unit_heir(p_as_of, p_known_at) as h on h.unit_code = e.unit_code
    group by h.heir_code
)

select
    k.heir_code as unit_code,
    e.unit_code as reported_unit_code,
    e.level_text,
    coalesce(e.is_established, false)
    and (e.established_on is null or e.established_on <= p_as_of) as is_established,
    e.established_on,
    e.document,
    e.remark,
    e.extra,
    e.submission_id,
    s.quarter,
    s.version,
    s.file,
    s.sha256,
    s.received_at,
    e.sheet,
    e.row_no,
    e.cells
from latest as k
inner join d.establishment as e on e.rowid = k.row_id
inner join d.submission as s on s.id = e.submission_id

-- accepted_submission: the version in force of each unit and quarter up to D, as known at K.
-- in:    p_as_of DATE, p_known_at TIMESTAMPTZ
-- reads: submission
-- grain: one row per unit and quarter that has an accepted version
-- out:   id VARCHAR, seq BIGINT, unit_code VARCHAR, quarter VARCHAR, period_end DATE,
--        version INTEGER, file VARCHAR, sha256 VARCHAR, received_at TIMESTAMPTZ,
--        decided_at TIMESTAMPTZ
-- note:  the last decided replaces the earlier ones wholly; of one moment, the later line.
--        decided_at is received_at but for a file that waited (queries/README.md, Known)
create or replace macro d.accepted_submission(p_as_of, p_known_at) as table
with

last_received as (
    select arg_max(s.rowid, (s.decided_at, s.seq)) as row_id
    from d.submission as s
    where
        s.status = 'accepted'
        and s.decided_at <= p_known_at
        and s.period_end <= p_as_of
    group by s.unit_code, s.quarter
)

select
    s.id,
    s.seq,
    s.unit_code,
    s.quarter,
    s.period_end,
    s.version,
    s.file,
    s.sha256,
    s.received_at,
    s.decided_at
from last_received as l
inner join d.submission as s on s.rowid = l.row_id

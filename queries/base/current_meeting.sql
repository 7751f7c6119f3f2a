-- current_meeting: the meetings in force at D, as known at K, by the unit's heir.
-- in:    p_as_of DATE, p_known_at TIMESTAMPTZ
-- reads: meeting, accepted_submission, unit_heir
-- grain: one row per unit, session year, kind and held_on; the latest quarter's row
--        wins, whole
-- out:   unit_code VARCHAR, reported_unit_code VARCHAR, session_year INTEGER, kind VARCHAR,
--        title VARCHAR, held_on DATE, chair_name VARCHAR, chair_title VARCHAR,
--        chair_rank VARCHAR, is_chair_delegated BOOLEAN, gov_attendees VARCHAR,
--        union_attendees VARCHAR, solicited_on DATE, gov_topics INTEGER, union_topics
--        INTEGER,
--        joint_topics INTEGER, agenda_report BOOLEAN, agenda_topics BOOLEAN,
--        agenda_discuss BOOLEAN, agenda_deploy BOOLEAN, minutes_number VARCHAR,
--        minutes_issued_on DATE, publicity VARCHAR, has_publicity BOOLEAN, remark VARCHAR,
--        extra VARCHAR, submission_id VARCHAR, quarter VARCHAR, version INTEGER, file
--        VARCHAR,
--        sha256 VARCHAR, received_at TIMESTAMPTZ, sheet VARCHAR, row_no INTEGER, cells
--        VARCHAR
create or replace macro d.current_meeting(p_as_of, p_known_at) as table
with

latest as (
    select
        h.heir_code,
        arg_max(m.rowid, (s.period_end, s.decided_at, s.seq, m.row_no)) as row_id
    from d.meeting as m
    inner join d.accepted_submission(p_as_of, p_known_at) as s on s.id = m.submission_id
    inner join d.unit_heir(p_as_of, p_known_at) as h on h.unit_code = m.unit_code
    where m.held_on <= p_as_of
    group by h.heir_code, m.session_year, m.kind, m.held_on
)

select
    k.heir_code as unit_code,
    m.unit_code as reported_unit_code,
    m.session_year,
    m.kind,
    m.title,
    m.held_on,
    m.chair_name,
    m.chair_title,
    coalesce(nullif(m.chair_rank, ''), 'unknown') as chair_rank,
    m.is_chair_delegated,
    m.gov_attendees,
    m.union_attendees,
    m.solicited_on,
    m.gov_topics,
    m.union_topics,
    m.joint_topics,
    m.agenda_report,
    m.agenda_topics,
    m.agenda_discuss,
    m.agenda_deploy,
    m.minutes_number,
    m.minutes_issued_on,
    m.publicity,
    coalesce(m.has_publicity, false) as has_publicity,
    m.remark,
    m.extra,
    m.submission_id,
    s.quarter,
    s.version,
    s.file,
    s.sha256,
    s.received_at,
    m.sheet,
    m.row_no,
    m.cells
from latest as k
inner join d.meeting as m on m.rowid = k.row_id
inner join d.submission as s on s.id = m.submission_id

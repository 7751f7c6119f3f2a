-- meeting_ledger: every meeting in force, with its source.
-- in:    $year INTEGER
-- reads: valid_unit, current_meeting
-- grain: one row per unit, session year, kind and held_on
-- out:   unit_code VARCHAR, unit_name VARCHAR, level VARCHAR, parent_code VARCHAR,
--        session_year INTEGER, kind VARCHAR, title VARCHAR, held_on DATE, chair_name
--        VARCHAR,
--        chair_title VARCHAR, chair_rank VARCHAR, is_chair_delegated BOOLEAN,
--        gov_attendees VARCHAR, union_attendees VARCHAR, solicited_on DATE,
--        gov_topics INTEGER, union_topics INTEGER, joint_topics INTEGER,
--        agenda_report BOOLEAN, agenda_topics BOOLEAN, agenda_discuss BOOLEAN,
--        agenda_deploy BOOLEAN, minutes_number VARCHAR, minutes_issued_on DATE,
--        publicity VARCHAR, has_publicity BOOLEAN, remark VARCHAR, extra VARCHAR,
--        submission_id VARCHAR, quarter VARCHAR, file VARCHAR, sha256 VARCHAR,
--        received_at TIMESTAMPTZ, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        is_counted BOOLEAN
-- note:  is_counted marks the unit's earliest annual meeting of $year
select
    m.unit_code,
    u.name as unit_name,
    u.level,
    u.parent_code,
    m.session_year,
    m.kind,
    m.title,
    m.held_on,
    m.chair_name,
    m.chair_title,
    m.chair_rank,
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
    m.has_publicity,
    m.remark,
    m.extra,
    m.submission_id,
    m.quarter,
    m.file,
    m.sha256,
    m.received_at,
    m.sheet,
    m.row_no,
    m.cells,
    m.kind = 'annual'
    and m.session_year = $year::integer
    and m.held_on = min(m.held_on) over (
        partition by m.unit_code, m.session_year, m.kind
    ) as is_counted
from current_meeting as m
inner join valid_unit as u on u.unit_code = m.unit_code
order by m.unit_code, m.session_year desc, m.held_on desc, m.kind

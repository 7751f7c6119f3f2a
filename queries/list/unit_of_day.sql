-- unit_of_day: the units of D, who reports for them, and whether Q's report is there.
-- in:
-- reads: valid_unit, unit_submitter, receipt
-- grain: one row per unit valid on D
-- out:   unit_code VARCHAR, name VARCHAR, level VARCHAR, parent_code VARCHAR,
--        is_submitter BOOLEAN, aliases VARCHAR[], valid_from DATE, valid_to DATE,
--        is_obligated BOOLEAN, submitter_code VARCHAR, has_sent BOOLEAN
select
    u.unit_code,
    u.name,
    u.level,
    u.parent_code,
    u.is_submitter,
    u.aliases,
    u.valid_from,
    u.valid_to,
    u.is_obligated,
    s.submitter_code,
    r.first_received_at is not null as has_sent
from valid_unit as u
left join unit_submitter as s on s.unit_code = u.unit_code
left join receipt as r on r.submitter_code = s.submitter_code and r.is_of_quarter
order by u.unit_code

-- annual_status: each judged unit's annual meeting: status, date, and who presided.
-- in:
-- reads: annual
-- grain: one row per obligated unit
-- out:   unit_code VARCHAR, status VARCHAR, held_on DATE, chair_rank VARCHAR,
--        chair_name VARCHAR, chair_title VARCHAR
select
    a.unit_code,
    a.status,
    a.held_on,
    a.chair_rank,
    a.chair_name,
    a.chair_title
from annual as a
order by a.unit_code

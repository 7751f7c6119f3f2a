-- submission_on_time 按时报送率: quarters of the year whose first accepted report came in time.
-- in:
-- reads: obligated_unit, receipt
-- grain: one row per obligated unit; den is 0 where nothing was due and nothing came
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  a unit that is no submitter has its nearest submitting ancestor's
select
    u.unit_code,
    count(r.quarter) filter (r.is_on_time) as num,
    count(r.quarter) filter (r.is_on_time is not null) as den
from obligated_unit as u
left join receipt as r on r.submitter_code = u.submitter_code and r.is_of_year
group by u.unit_code
order by u.unit_code

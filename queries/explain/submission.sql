-- submission: the quarters a punctuality rate counts, one by one.
-- in:
-- reads: obligated_unit, receipt
-- grain: one row per quarter in the denominator, under the unit in whose row the
--        indicator stands
-- out:   unit_code VARCHAR, fact_key VARCHAR, label VARCHAR, is_num BOOLEAN,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR, fields VARCHAR[]
-- note:  the file is the version in force; whether it was in time is the first one's matter
select
    u.unit_code,
    r.quarter as fact_key,
    r.quarter as label,
    r.is_on_time as is_num,
    r.submission_id,
    r.file,
    null::varchar as sheet,
    null::integer as row_no,
    null::varchar as cells,
    []::varchar[] as fields
from obligated_unit as u
inner join receipt as r on r.submitter_code = u.submitter_code
where r.is_of_year and r.is_on_time is not null
order by u.unit_code, r.period_end

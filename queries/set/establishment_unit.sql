-- establishment_unit: what each judged unit last reported of its establishment.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ
-- reads: d.current_establishment, obligated_unit, valid_unit
-- grain: one row per obligated unit; one never reported is present and not established
-- out:   unit_code VARCHAR, name VARCHAR, is_established BOOLEAN, is_reported BOOLEAN,
--        established_on DATE, submission_id VARCHAR, file VARCHAR, sheet VARCHAR,
--        row_no INTEGER, cells VARCHAR
select
    u.unit_code,
    v.name,
    coalesce(e.is_established, false) as is_established,
    e.submission_id is not null as is_reported,
    e.established_on,
    e.submission_id,
    e.file,
    e.sheet,
    e.row_no,
    e.cells
from obligated_unit as u
inner join valid_unit as v on v.unit_code = u.unit_code
left join d.current_establishment($as_of, $known_at) as e on e.unit_code = u.unit_code
order by u.unit_code

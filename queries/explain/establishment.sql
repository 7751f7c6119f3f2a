-- establishment: the units an establishment rate counts, one by one.
-- in:
-- reads: obligated_unit, unit_ancestor, establishment_unit
-- grain: one row per unit in the denominator, under the unit in whose row the indicator
--        stands
-- out:   unit_code VARCHAR, fact_key VARCHAR, label VARCHAR, is_num BOOLEAN,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR, fields VARCHAR[]
select
    u.unit_code,
    e.unit_code as fact_key,
    e.name as label,
    e.is_established as is_num,
    e.submission_id,
    e.file,
    e.sheet,
    e.row_no,
    e.cells,
    ['established', 'established_on']::varchar[] as fields
from obligated_unit as u
inner join unit_ancestor as a on a.ancestor_code = u.unit_code
inner join establishment_unit as e on e.unit_code = a.unit_code
order by u.unit_code, e.unit_code

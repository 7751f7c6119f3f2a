-- obligated_unit: the units judged, each with who reports for it.
-- in:
-- reads: valid_unit, unit_submitter
-- grain: one row per unit of a level that the regime obliges
-- out:   unit_code VARCHAR, level VARCHAR, submitter_code VARCHAR
-- note:  submitter_code is null where neither the unit nor one above it submits
select
    u.unit_code,
    u.level,
    s.submitter_code
from valid_unit as u
left join unit_submitter as s on s.unit_code = u.unit_code
where u.is_obligated
order by u.unit_code

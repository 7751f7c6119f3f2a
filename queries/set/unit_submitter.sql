-- unit_submitter: who reports for each unit: the nearest submitting unit from itself upwards.
-- in:
-- reads: valid_unit, unit_ancestor
-- grain: one row per unit that has one
-- out:   unit_code VARCHAR, submitter_code VARCHAR
select
    a.unit_code,
    arg_min(a.ancestor_code, a.distance) as submitter_code
from unit_ancestor as a
inner join valid_unit as u on u.unit_code = a.ancestor_code
where u.is_submitter
group by a.unit_code

-- establishment 制度建立: the unit itself or an obliged unit below it is not established.
-- in:
-- reads: obligated_unit, unit_ancestor, establishment_unit
-- grain: one row per unit not established, under the unit in whose row the indicator stands
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  item is the unit's name; n is 1 where it was reported as not established, 0
--        where not reported
-- note:  n_of is the number of units asked; evidence: 是否建立 and its date where there is a
--        row
select
    u.unit_code,
    e.name as item,
    '' as observed,
    e.established_on as seen_on,
    e.is_reported::bigint as n,
    count(*) over (partition by u.unit_code) as n_of,
    e.submission_id,
    e.file,
    e.sheet,
    e.row_no,
    e.cells,
    ['established', 'established_on']::varchar[] as fields
from obligated_unit as u
inner join unit_ancestor as a on a.ancestor_code = u.unit_code
inner join establishment_unit as e on e.unit_code = a.unit_code
qualify not e.is_established
order by u.unit_code, e.unit_code

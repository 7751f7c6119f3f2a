-- submission_problem: what was said about one file, in the order it was said.
-- in:    $id VARCHAR
-- reads: d.problem
-- grain: one row per problem
-- out:   severity VARCHAR, code VARCHAR, sheet VARCHAR, cell VARCHAR, value VARCHAR,
--        message VARCHAR, hint VARCHAR
select
    p.severity,
    p.code,
    p.sheet,
    p.cell,
    p.value,
    p.message,
    p.hint
from d.problem as p
where p.submission_id = $id
order by p.no

-- submission_problem: what was said about one file, in the order it was said.
-- in:    $id VARCHAR
-- reads: d.problem, d.submission, d.held_submission
-- grain: one row per problem
-- out:   severity VARCHAR, code VARCHAR, sheet VARCHAR, cell VARCHAR, value VARCHAR,
--        message VARCHAR, hint VARCHAR
-- note:  a file that waited was judged twice: when it came and when it was decided; the
--        last judgement stands
with

judgement as (
    select max(s.seq) as seq
    from (
        select h.seq
        from d.held_submission as h
        where h.id = $id

        union all

        select o.seq
        from d.submission as o
        where o.id = $id
    ) as s
)

select
    p.severity,
    p.code,
    p.sheet,
    p.cell,
    p.value,
    p.message,
    p.hint
from d.problem as p
inner join judgement as j on j.seq = p.seq
where p.submission_id = $id
order by p.no

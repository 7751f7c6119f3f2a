-- submission_problem: what was said about one file, in the order it was said.
-- in:    $id VARCHAR
-- reads: d.problem, d.problem_reason, d.submission, d.held_submission
-- grain: one row per problem
-- out:   no INTEGER, severity VARCHAR, code VARCHAR, sheet VARCHAR, cell VARCHAR,
--        value VARCHAR, message VARCHAR, hint VARCHAR, reason VARCHAR, reason_by VARCHAR
-- note:  a file that waited was judged twice: when it came and when it was decided; the
--        last judgement stands. reason is the officer's, null where none was asked
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
    p.no,
    p.severity,
    p.code,
    p.sheet,
    p.cell,
    p.value,
    p.message,
    p.hint,
    r.reason,
    r.actor as reason_by
from d.problem as p
inner join judgement as j on j.seq = p.seq
left join d.problem_reason as r on r.submission_id = p.submission_id and r.problem_no = p.no
where p.submission_id = $id
order by p.no

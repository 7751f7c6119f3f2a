-- problem_reason: why files were accepted in spite of a problem, in the officers' words.
-- in:    $ids VARCHAR[]
-- reads: d.problem_reason, d.problem, d.held_submission
-- grain: one row per reason of the submissions named
-- out:   submission_id VARCHAR, file VARCHAR, no INTEGER, reason VARCHAR, actor VARCHAR,
--        severity VARCHAR, code VARCHAR, sheet VARCHAR, cell VARCHAR, value VARCHAR,
--        message VARCHAR, hint VARCHAR
-- note:  no 0 is a reason for the whole file, which has no problem beside it
select
    r.submission_id,
    h.file,
    r.problem_no as no,
    r.reason,
    r.actor,
    p.severity,
    p.code,
    p.sheet,
    p.cell,
    p.value,
    p.message,
    p.hint
from d.problem_reason as r
inner join d.held_submission as h on h.id = r.submission_id
left join d.problem as p
    on p.submission_id = r.submission_id and p.seq = r.seq and p.no = r.problem_no
where list_contains($ids::varchar[], r.submission_id)
order by r.submission_id, r.problem_no

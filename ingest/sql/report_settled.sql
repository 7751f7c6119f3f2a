-- report_settled: what an officer made of a report in words, the last word on it.
-- in:    $id VARCHAR
-- reads: report_settled
-- grain: one row, none while the report waits
-- out:   how VARCHAR, by_id VARCHAR, words VARCHAR, actor VARCHAR
select
    t.how,
    coalesce(t.by_id, '') as by_id,
    coalesce(t.words, '') as words,
    t.actor
from d.report_settled as t
where t.report_id = $id
order by t.seq desc
limit 1

-- lead_time 议题提前征集: topics were solicited too late, or no date is given.
-- in:    $lead_months INTEGER
-- reads: annual
-- grain: one row per failing unit
-- out:   unit_code VARCHAR, item VARCHAR, observed VARCHAR, seen_on DATE, n BIGINT, n_of
--        BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        fields VARCHAR[]
-- note:  seen_on is the day solicitation began, null where blank; n the days it was ahead
-- note:  evidence: the dates of solicitation and meeting
select
    a.unit_code,
    '' as item,
    strftime(a.held_on, '%Y-%m-%d') as observed,
    a.solicited_on as seen_on,
    coalesce(date_diff('day', a.solicited_on, a.held_on), 0)::bigint as n,
    0::bigint as n_of,
    a.submission_id,
    a.file,
    a.sheet,
    a.row_no,
    a.cells,
    ['solicited_on', 'held_on']::varchar[] as fields
from annual as a
where
    a.is_held
    and not coalesce(
        a.solicited_on <= a.held_on - to_months($lead_months::integer), false
    )
order by a.unit_code

-- resolution: the items an indicator of resolutions counts, one by one.
-- in:    $indicator VARCHAR, $as_of DATE
-- reads: obligated_unit, population
-- grain: one row per item in the denominator
-- out:   unit_code VARCHAR, fact_key VARCHAR, label VARCHAR, is_num BOOLEAN,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR, fields VARCHAR[]
-- note:  the rows of a unit add up to its pair: a test holds this file to metric/*.sql
with

judged as (
    select
        p.*,
        $indicator <> 'resolution_on_time'
        or (
            p.due_on is not null
            and (p.due_on <= $as_of::date or p.state = 'completed')
        ) as is_den,
        case $indicator
            when 'resolution_completion' then p.state = 'completed'
            when 'resolution_closed' then p.state = 'completed' and p.closed_on is not null
            when 'resolution_on_time' then p.done_on <= p.due_on
            when 'resolution_overdue' then p.state = 'overdue'
            when 'implementation_plan' then p.plan_on <= $as_of::date
            when 'accountability'
                then
                    p.lead_unit is not null
                    and p.owner is not null
                    and p.due_on is not null
        end as is_num
    from population as p
    inner join obligated_unit as u on u.unit_code = p.unit_code
)

select
    j.unit_code,
    j.session_year || '|' || j.kind || '|' || j.item_key as fact_key,
    j.title as label,
    coalesce(j.is_num, false) as is_num,
    j.submission_id,
    j.file,
    j.sheet,
    j.row_no,
    j.cells,
    case $indicator
        when 'resolution_on_time' then ['due_on', 'completed_on']
        when 'resolution_overdue' then ['due_on', 'revised_due_on', 'status']
        when 'implementation_plan' then ['plan_on']
        when 'accountability' then ['lead_unit', 'owner', 'due_on']
        else ['status', 'completed_on']
    end::varchar[] as fields
from judged as j
where j.is_den
order by j.unit_code, j.session_year, j.kind, j.item_key

-- meeting: the meetings an indicator of meetings counts, one by one.
-- in:    $indicator VARCHAR, $as_of DATE, $accept_ranks VARCHAR[], $agenda VARCHAR[],
--        $lead_months INTEGER
-- reads: annual
-- grain: one row per unit in the denominator
-- out:   unit_code VARCHAR, fact_key VARCHAR, label VARCHAR, is_num BOOLEAN,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR, fields VARCHAR[]
-- note:  the rows of a unit add up to its pair: a test holds this file to metric/*.sql
with

judged as (
    select
        a.*,
        case
            when $indicator in ('annual_meeting_held', 'held_on_time') then true
            when $indicator = 'report_back' then a.is_held and a.n_earlier_item > 0
            else a.is_held
        end as is_den,
        case $indicator
            when 'annual_meeting_held' then a.is_held
            when 'held_on_time' then a.status = 'held_on_time'
            when 'chaired_by_principal' then a.chair_rank = 'principal'
            when 'chair_meets_rule'
                then list_contains($accept_ranks::varchar[], a.chair_rank)
            when 'agenda_complete'
                then len(list_filter(
                    [
                        case
                            when
                                not coalesce(a.agenda_report, false)
                                and a.n_earlier_item > 0
                                then 'report'
                        end,
                        case when not coalesce(a.agenda_topics, false) then 'topics' end,
                        case when not coalesce(a.agenda_discuss, false) then 'discuss' end,
                        case when not coalesce(a.agenda_deploy, false) then 'deploy' end
                    ],
                    lambda x : list_contains($agenda::varchar[], x)
                )) = 0
            when 'topic_lead_time'
                then a.solicited_on <= a.held_on - to_months($lead_months::integer)
            when 'minutes_issued' then a.minutes_issued_on <= $as_of::date
            when 'publicity' then a.has_publicity
            when 'report_back' then a.agenda_report
        end as is_num,
        $indicator in ('chaired_by_principal', 'chair_meets_rule') as is_of_chair
    from annual as a
)

select
    j.unit_code,
    'annual' as fact_key,
    case
        when j.is_held then strftime(
            case when j.is_of_chair then j.chair_held_on else j.held_on end, '%Y-%m-%d'
        )
        else j.status
    end as label,
    coalesce(j.is_num, false) as is_num,
    case when j.is_of_chair then j.chair_submission_id else j.submission_id end
        as submission_id,
    case when j.is_of_chair then j.chair_file else j.file end as file,
    case when j.is_of_chair then j.chair_sheet else j.sheet end as sheet,
    case when j.is_of_chair then j.chair_row_no else j.row_no end as row_no,
    case when j.is_of_chair then j.chair_cells else j.cells end as cells,
    case $indicator
        when 'chaired_by_principal' then ['chair_name', 'chair_title']
        when 'chair_meets_rule' then ['chair_name', 'chair_title']
        when 'agenda_complete'
            then ['agenda_report', 'agenda_topics', 'agenda_discuss', 'agenda_deploy']
        when 'topic_lead_time' then ['solicited_on', 'held_on']
        when 'minutes_issued' then ['minutes_issued_on']
        when 'publicity' then ['publicity']
        when 'report_back' then ['agenda_report']
        else ['kind', 'held_on']
    end::varchar[] as fields
from judged as j
where j.is_den
order by j.unit_code

-- agenda_complete 议程完备率: counted meetings with every agenda item that the regime lists.
-- in:    $agenda VARCHAR[]
-- reads: annual
-- grain: one row per obligated unit; den is 0 where nothing was held
-- out:   unit_code VARCHAR, num BIGINT, den BIGINT
-- note:  a blank cell is not held; the report on earlier items is not asked of a unit
--        that has none
-- note:  not asked where the regime has no agenda rule: every pair is then 0/0
select
    a.unit_code,
    (
        a.is_held
        and (
            coalesce(a.agenda_report, false)
            or a.n_earlier_item = 0
            or not list_contains($agenda::varchar[], 'report')
        )
        and (
            coalesce(a.agenda_topics, false)
            or not list_contains($agenda::varchar[], 'topics')
        )
        and (
            coalesce(a.agenda_discuss, false)
            or not list_contains($agenda::varchar[], 'discuss')
        )
        and (
            coalesce(a.agenda_deploy, false)
            or not list_contains($agenda::varchar[], 'deploy')
        )
    )::bigint as num,
    a.is_held::bigint as den
from annual as a
order by a.unit_code

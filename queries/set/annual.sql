-- annual: where each judged unit stands with its annual meeting of the year.
-- in:    $as_of DATE, $year INTEGER, $deadline DATE
-- reads: obligated_unit, current_meeting, item
-- grain: one row per obligated unit
-- out:   unit_code VARCHAR, status VARCHAR, is_held BOOLEAN, held_on DATE, chair_rank
--        VARCHAR,
--        chair_name VARCHAR, chair_title VARCHAR, is_chair_delegated BOOLEAN,
--        solicited_on DATE, agenda_report BOOLEAN, agenda_topics BOOLEAN,
--        agenda_discuss BOOLEAN, agenda_deploy BOOLEAN, minutes_issued_on DATE,
--        has_publicity BOOLEAN, n_earlier_item BIGINT, n_last_item BIGINT,
--        submission_id VARCHAR, file VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR,
--        chair_held_on DATE, chair_submission_id VARCHAR, chair_file VARCHAR,
--        chair_sheet VARCHAR, chair_row_no INTEGER, chair_cells VARCHAR
-- note:  all is the earliest annual meeting's (the counted one) but the chair: that is
--        judged on
--        the annual meeting with the highest rank; of equal ranks on the earliest
-- note:  n_earlier_item counts items decided in any earlier session year, n_last_item
--        those of
--        the latest such year
with

meeting as (
    select
        m.rowid as row_id,
        m.unit_code,
        m.held_on,
        m.chair_rank,
        m.chair_name,
        m.chair_title,
        m.is_chair_delegated,
        m.solicited_on,
        m.agenda_report,
        m.agenda_topics,
        m.agenda_discuss,
        m.agenda_deploy,
        m.minutes_issued_on,
        m.has_publicity,
        m.submission_id,
        m.file,
        m.sheet,
        m.row_no,
        m.cells,
        coalesce(
            list_position(
                ['principal', 'deputy', 'party', 'union', 'other'], m.chair_rank
            ),
            6
        ) as rank_no
    from current_meeting as m
    where m.kind = 'annual' and m.session_year = $year::integer
),

chosen as (
    select
        m.unit_code,
        arg_min(m.row_id, m.held_on) as counted_id,
        arg_min(m.row_id, (m.rank_no, m.held_on)) as chaired_id
    from meeting as m
    group by m.unit_code
),

substitute as (
    select distinct m.unit_code
    from current_meeting as m
    where m.kind = 'substitute' and m.session_year = $year::integer
),

earlier as (
    select
        i.unit_code,
        i.session_year,
        count(*) as n_item
    from item as i
    where i.is_decided and i.session_year < $year::integer
    group by i.unit_code, i.session_year
),

earlier_of_unit as (
    select
        e.unit_code,
        sum(e.n_item)::bigint as n_earlier_item,
        arg_max(e.n_item, e.session_year) as n_last_item
    from earlier as e
    group by e.unit_code
)

select
    u.unit_code,
    case
        when c.held_on <= $deadline::date then 'held_on_time'
        when c.held_on is not null then 'held_late'
        when s.unit_code is not null then 'substituted'
        when $as_of::date >= $deadline::date then 'not_held'
        else 'pending'
    end as status,
    c.held_on is not null as is_held,
    c.held_on,
    h.chair_rank,
    h.chair_name,
    h.chair_title,
    h.is_chair_delegated,
    c.solicited_on,
    c.agenda_report,
    c.agenda_topics,
    c.agenda_discuss,
    c.agenda_deploy,
    c.minutes_issued_on,
    c.has_publicity,
    coalesce(e.n_earlier_item, 0) as n_earlier_item,
    coalesce(e.n_last_item, 0) as n_last_item,
    c.submission_id,
    c.file,
    c.sheet,
    c.row_no,
    c.cells,
    h.held_on as chair_held_on,
    h.submission_id as chair_submission_id,
    h.file as chair_file,
    h.sheet as chair_sheet,
    h.row_no as chair_row_no,
    h.cells as chair_cells
from obligated_unit as u
left join chosen as k on k.unit_code = u.unit_code
left join meeting as c on c.row_id = k.counted_id
left join meeting as h on h.row_id = k.chaired_id
left join substitute as s on s.unit_code = u.unit_code
left join earlier_of_unit as e on e.unit_code = u.unit_code
order by u.unit_code

-- receipt: when each submitter's reports of the year, and of Q itself, arrived.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ, $year INTEGER, $submission_days INTEGER
-- reads: d.submission, d.accepted_submission, unit_heir, valid_unit
-- grain: one row per submitter and quarter
-- out:   submitter_code VARCHAR, quarter VARCHAR, period_end DATE, is_of_year BOOLEAN,
--        is_of_quarter BOOLEAN, due_on DATE, is_due BOOLEAN,
--        first_received_at TIMESTAMPTZ, last_received_at TIMESTAMPTZ,
--        is_on_time BOOLEAN, submission_id VARCHAR, version INTEGER, file VARCHAR,
--        n_rejected BIGINT, n_warning INTEGER
-- note:  received_at says in time or not, decided_at what is known at K
-- note:  the first accepted version decides; the due day itself is in time, in Shanghai
-- note:  is_on_time is null while not yet due at K and not received
-- note:  a quarter that ended before the unit, or what it carries on, began is not asked
with

quarter_end as (
    select
        last_day(make_date($year::integer, n * 3, 1)) as period_end,
        true as is_of_year
    from range(1, 5) as r (n)
    where last_day(make_date($year::integer, n * 3, 1)) <= $as_of::date

    union

    select
        $as_of::date as period_end,
        year($as_of::date) = $year::integer as is_of_year
),

asked as (
    select
        v.unit_code as submitter_code,
        year(q.period_end) || 'Q' || quarter(q.period_end) as quarter,
        q.period_end,
        q.is_of_year,
        (q.period_end + $submission_days::integer)::date as due_on
    from valid_unit as v
    cross join quarter_end as q
    where v.is_submitter and coalesce(v.begun_on <= q.period_end, true)
),

arrival as (
    select
        h.heir_code as submitter_code,
        s.quarter,
        min(s.received_at) filter (s.status = 'accepted') as first_received_at,
        max(s.received_at) filter (s.status = 'accepted') as last_received_at,
        count(*) filter (s.status in ('rejected', 'returned')) as n_rejected
    from d.submission as s
    inner join unit_heir as h on h.unit_code = s.unit_code
    where s.decided_at <= $known_at
    group by h.heir_code, s.quarter
),

in_force as (
    select
        h.heir_code as submitter_code,
        a.quarter,
        arg_max(a.id, (a.decided_at, a.seq)) as submission_id
    from d.accepted_submission($as_of, $known_at) as a
    inner join unit_heir as h on h.unit_code = a.unit_code
    group by h.heir_code, a.quarter
)

select
    q.submitter_code,
    q.quarter,
    q.period_end,
    q.is_of_year,
    q.period_end = $as_of::date as is_of_quarter,
    q.due_on,
    $known_at >= timezone('Asia/Shanghai', (q.due_on + 1)::timestamp) as is_due,
    a.first_received_at,
    a.last_received_at,
    case
        when a.first_received_at is not null
            then a.first_received_at < timezone('Asia/Shanghai', (q.due_on + 1)::timestamp)
        when $known_at >= timezone('Asia/Shanghai', (q.due_on + 1)::timestamp) then false
    end as is_on_time,
    f.submission_id,
    s.version,
    s.file,
    coalesce(a.n_rejected, 0) as n_rejected,
    s.n_warning
from asked as q
left join arrival as a on a.submitter_code = q.submitter_code and a.quarter = q.quarter
left join in_force as f on f.submitter_code = q.submitter_code and f.quarter = q.quarter
left join d.submission as s on s.id = f.submission_id
order by q.submitter_code, q.period_end

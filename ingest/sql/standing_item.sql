-- standing_item: of each item of a submitter, the row of the latest quarter before this one.
-- in:    $unit VARCHAR, $period_end DATE
-- reads: resolution, submission
-- grain: one row per unit, session year, kind and item number, else title
-- out:   unit_code VARCHAR, session_year INTEGER, kind VARCHAR, item_no VARCHAR, title VARCHAR,
--        title_key VARCHAR, status VARCHAR, percent DOUBLE, quarter VARCHAR
-- note:  only versions in force count: of a unit and quarter the last decided
with

in_force as (
    select
        s.id,
        s.quarter,
        s.period_end
    from d.submission as s
    where
        s.status = 'accepted'
        and s.unit_code = $unit
        and s.period_end < $period_end
    qualify
        row_number() over (
            partition by s.unit_code, s.quarter
            order by s.decided_at desc, s.seq desc
        ) = 1
),

final as (
    select
        r.unit_code,
        r.session_year,
        r.kind,
        coalesce(r.item_no, '') as item_no,
        r.title,
        r.title_key,
        r.status,
        r.percent,
        f.quarter
    from d.resolution as r
    inner join in_force as f on f.id = r.submission_id
    qualify
        row_number() over (
            partition by
                r.unit_code, r.session_year, r.kind, coalesce('n:' || r.item_no, 't:' || r.title_key)
            order by f.period_end desc, r.row_no desc
        ) = 1
)

select
    unit_code,
    session_year,
    kind,
    item_no,
    title,
    title_key,
    status,
    percent,
    quarter
from final
order by unit_code, session_year, kind, item_no, title_key, quarter desc

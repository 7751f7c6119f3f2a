-- received_file: one file received, decided or waiting.
-- in:    $id VARCHAR
-- reads: submission, held_submission
-- grain: one row, none for an unknown id
-- out:   file VARCHAR, sha256 VARCHAR, reading VARCHAR, received_at TIMESTAMPTZ
with

final as (
    select
        s.seq,
        s.file,
        s.sha256,
        coalesce(s.reading, '') as reading,
        s.received_at
    from d.submission as s
    where s.id = $id
    union all
    select
        h.seq,
        h.file,
        h.sha256,
        coalesce(h.reading, '') as reading,
        h.received_at
    from d.held_submission as h
    where h.id = $id
)

select
    file,
    sha256,
    reading,
    received_at
from final
order by seq desc
limit 1

-- interrupted: originals that are kept and were never decided: the program was stopped between the two.
-- in:    $before TIMESTAMPTZ
-- reads: d.journal_line, d.submission, d.held_submission
-- grain: one row per file received and not decided since, under its own bytes or name, or as an archive with members
-- out:   file VARCHAR, sha256 VARCHAR, received_at TIMESTAMPTZ, actor VARCHAR
-- note:  what is being read right now is not yet decided either: $before leaves it out; ->> binds weaker than
--        "=" and "or" here, so it stands in brackets
select
    r.data ->> 'file' as file,
    r.subject as sha256,
    r.logged_at as received_at,
    r.actor
from d.journal_line as r
where
    r.action = 'submission.received'
    and r.logged_at < $before
    and not exists (
        select 1
        from (
            select o.seq, o.sha256, o.file
            from d.submission as o

            union all

            select h.seq, h.sha256, h.file
            from d.held_submission as h
        ) as s
        where
            s.seq > r.seq
            and (
                s.sha256 = r.subject
                or s.file = (r.data ->> 'file')
                or starts_with(s.file, (r.data ->> 'file') || '/')
            )
    )
order by r.seq

-- audit: the journal's lines, the newest first.
-- in:    $since TIMESTAMPTZ, $until TIMESTAMPTZ, $actor VARCHAR, $action VARCHAR,
--        $text VARCHAR, $before BIGINT, $limit BIGINT
-- reads: d.journal_line
-- grain: one row per journal line
-- out:   seq BIGINT, logged_at TIMESTAMPTZ, actor VARCHAR, action VARCHAR, subject VARCHAR,
--        data VARCHAR
-- note:  an empty parameter does not filter; $action is a whole action or its first
--        part, $text is
--        sought in actor, subject and data; $until itself is excluded
-- note:  $before continues below a line already shown; 0 begins with the newest
select
    j.seq,
    j.logged_at,
    j.actor,
    j.action,
    j.subject,
    j.data
from d.journal_line as j
where
    j.logged_at >= $since::timestamptz
    and j.logged_at < $until::timestamptz
    and ($actor = '' or j.actor = $actor)
    and ($action = '' or j.action = $action or starts_with(j.action, $action || '.'))
    and (
        $text = ''
        or contains(j.actor, $text)
        or contains(j.subject, $text)
        or contains(j.data, $text)
    )
    and ($before::bigint = 0 or j.seq < $before::bigint)
order by j.seq desc
limit $limit::bigint

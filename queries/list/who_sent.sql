-- who_sent: each submitter's reports of the year's quarters up to Q, and of Q itself.
-- in:
-- reads: receipt
-- grain: one row per submitter and quarter; quarters of the year and Q
-- out:   unit_code VARCHAR, quarter VARCHAR, due_on DATE, first_received_at TIMESTAMPTZ,
--        last_received_at TIMESTAMPTZ, version INTEGER, submission_id VARCHAR,
--        file VARCHAR, is_on_time BOOLEAN, n_rejected BIGINT, n_warning INTEGER
select
    r.submitter_code as unit_code,
    r.quarter,
    r.due_on,
    r.first_received_at,
    r.last_received_at,
    r.version,
    r.submission_id,
    r.file,
    r.is_on_time,
    r.n_rejected,
    r.n_warning
from receipt as r
order by r.submitter_code, r.period_end

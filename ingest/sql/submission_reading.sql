-- submission_reading: the reading of one decided submission.
-- in:    $id VARCHAR
-- reads: submission
-- grain: one row, none for an unknown id
-- out:   reading VARCHAR
select s.reading
from d.submission as s
where s.id = $id

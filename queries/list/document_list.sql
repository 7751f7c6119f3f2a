-- document_list: official papers issued, the newest first.
-- in:    $id VARCHAR, $kind VARCHAR, $unit VARCHAR, $scope VARCHAR, $quarter VARCHAR,
--        $number VARCHAR
-- reads: d.document
-- grain: one row per paper issued
-- out:   document_id VARCHAR, seq BIGINT, issued_at TIMESTAMPTZ, kind VARCHAR,
--        paper VARCHAR, unit_code VARCHAR, addressee VARCHAR, quarter VARCHAR,
--        session_year INTEGER, regime VARCHAR, level VARCHAR, known_at TIMESTAMPTZ,
--        number VARCHAR, title VARCHAR, dated_on DATE, reply_due DATE, actor VARCHAR,
--        file VARCHAR, sha256 VARCHAR, generated VARCHAR, data VARCHAR, tree VARCHAR,
--        n_accepted INTEGER, reason VARCHAR, corrects VARCHAR[], again VARCHAR
-- note:  an empty parameter does not filter; $scope leaves the papers to one unit
select
    x.id as document_id,
    x.seq,
    x.recorded_at as issued_at,
    x.kind,
    x.paper,
    x.unit_code,
    x.addressee,
    x.quarter,
    x.session_year,
    x.regime,
    x.level,
    x.known_at,
    x.number,
    x.title,
    x.dated_on,
    x.reply_due,
    x.actor,
    x.file,
    x.sha256,
    x.generated,
    x.data,
    x.tree,
    x.n_accepted,
    x.reason,
    x.corrects,
    x.again
from d.document as x
where
    ($id = '' or x.id = $id)
    and ($kind = '' or x.kind = $kind)
    and ($unit = '' or x.unit_code = $unit)
    and ($scope = '' or x.unit_code = $scope)
    and ($quarter = '' or x.quarter = $quarter)
    and ($number = '' or x.number = $number)
order by x.seq desc

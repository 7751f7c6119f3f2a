-- establishment_ledger: what is in force of each unit's establishment.
-- in:    $as_of DATE, $known_at TIMESTAMPTZ
-- reads: d.current_establishment, valid_unit
-- grain: one row per unit valid on D that was ever reported
-- out:   unit_code VARCHAR, unit_name VARCHAR, level VARCHAR, parent_code VARCHAR,
--        level_text VARCHAR, is_established BOOLEAN, established_on DATE, document VARCHAR,
--        remark VARCHAR, extra VARCHAR, submission_id VARCHAR, quarter VARCHAR, file
--        VARCHAR,
--        sha256 VARCHAR, received_at TIMESTAMPTZ, sheet VARCHAR, row_no INTEGER, cells
--        VARCHAR
select
    e.unit_code,
    u.name as unit_name,
    u.level,
    u.parent_code,
    e.level_text,
    e.is_established,
    e.established_on,
    e.document,
    e.remark,
    e.extra,
    e.submission_id,
    e.quarter,
    e.file,
    e.sha256,
    e.received_at,
    e.sheet,
    e.row_no,
    e.cells
from d.current_establishment($as_of, $known_at) as e
inner join valid_unit as u on u.unit_code = e.unit_code
order by e.unit_code

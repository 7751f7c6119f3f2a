-- schema.sql: the projection. Every row carries the journal sequence (seq) it came from; rows are inserted, never
-- updated. A change here means a new store.schemaVersion and a rebuild from the journal: there are no migrations.
-- The attached database is called d. No primary keys, indexes, foreign keys or function defaults.

create table d.journal_line (
    seq BIGINT, logged_at TIMESTAMPTZ, actor VARCHAR, action VARCHAR, subject VARCHAR, data VARCHAR, hash VARCHAR
);

-- Registry. Each import or rename writes whole new rows of the units it touches. recorded_at is null for the rows
-- of `init` (known from the beginning) and the journal line's moment for later ones; the last row of a code that
-- was recorded by K is the one in force at K; is_removed ends a code.
create table d.unit (
    seq BIGINT, recorded_at TIMESTAMPTZ, code VARCHAR, name VARCHAR, level VARCHAR, parent VARCHAR,
    is_submitter BOOLEAN, aliases VARCHAR[], valid_from DATE, valid_to DATE, successor VARCHAR, is_removed BOOLEAN
);

-- One row a file decided. status accepted|rejected|duplicate|returned|words (a report in words, kept as such). period_end is D(quarter). Unit, quarter and
-- period_end are null where the file did not say. version is null unless accepted. decided_at is the moment from which
-- it counts as known (received_at but for a file that was held first): known-at and the order of versions go by it,
-- received_at decides whether a report was in time.
create table d.submission (
    seq BIGINT, id VARCHAR, unit_code VARCHAR, quarter VARCHAR, period_end DATE, version INTEGER, status VARCHAR,
    file VARCHAR, sha256 VARCHAR, reading VARCHAR, received_at TIMESTAMPTZ, actor VARCHAR,
    n_meeting INTEGER, n_resolution INTEGER, n_establishment INTEGER, n_error INTEGER, n_warning INTEGER,
    decided_at TIMESTAMPTZ
);
-- What was said about a file: of a held one when it came (seq of the held line) and again when it was decided.
create table d.problem (
    seq BIGINT, submission_id VARCHAR, no INTEGER, severity VARCHAR, code VARCHAR, sheet VARCHAR, cell VARCHAR,
    value VARCHAR, message VARCHAR, hint VARCHAR
);

-- Files that wait, or waited, for an officer (待受理). One is waiting while held_decision has no row of its id; its
-- facts stand only in the reading blob. An accepted or returned one has a row in submission under the same id.
create table d.held_submission (
    seq BIGINT, id VARCHAR, unit_code VARCHAR, quarter VARCHAR, period_end DATE, file VARCHAR, sha256 VARCHAR,
    reading VARCHAR, received_at TIMESTAMPTZ, actor VARCHAR,
    n_meeting INTEGER, n_resolution INTEGER, n_establishment INTEGER, n_error INTEGER, n_warning INTEGER
);
-- What ended the waiting: state accepted|duplicate|returned|withdrawn|superseded; words are the officer's to the
-- county; by_id the newer submission that took its place.
create table d.held_decision (
    seq BIGINT, logged_at TIMESTAMPTZ, submission_id VARCHAR, state VARCHAR, words VARCHAR, by_id VARCHAR, actor VARCHAR
);
-- Why an officer accepted a file in spite of a problem. problem_no 0 is a reason for the whole file.
create table d.problem_reason (
    seq BIGINT, submission_id VARCHAR, problem_no INTEGER, code VARCHAR, reason VARCHAR, actor VARCHAR, logged_at TIMESTAMPTZ
);

-- Facts of accepted submissions only. cells is JSON {"held_on":"E5",…}: field name → A1 reference.
-- unit_code is the unit of the row (the submitter's own or one of its units). row_no is the 1-based source row.
create table d.meeting (
    seq BIGINT, submission_id VARCHAR, unit_code VARCHAR, session_year INTEGER, kind VARCHAR, title VARCHAR,
    held_on DATE, chair_name VARCHAR, chair_title VARCHAR, chair_rank VARCHAR, is_chair_delegated BOOLEAN,
    gov_attendees VARCHAR, union_attendees VARCHAR, solicited_on DATE,
    gov_topics INTEGER, union_topics INTEGER, joint_topics INTEGER,
    agenda_report BOOLEAN, agenda_topics BOOLEAN, agenda_discuss BOOLEAN, agenda_deploy BOOLEAN,
    minutes_number VARCHAR, minutes_issued_on DATE, publicity VARCHAR, has_publicity BOOLEAN, remark VARCHAR,
    extra VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR
);
create table d.resolution (
    seq BIGINT, submission_id VARCHAR, unit_code VARCHAR, session_year INTEGER, kind VARCHAR, item_no VARCHAR,
    title VARCHAR, title_key VARCHAR, category VARCHAR, proposer VARCHAR, lead_unit VARCHAR, support_units VARCHAR,
    owner VARCHAR, due_on DATE, due_text VARCHAR, revised_due_on DATE, plan_on DATE, status VARCHAR, percent DOUBLE,
    completed_on DATE, progress VARCHAR, reason VARCHAR, next_step VARCHAR, remark VARCHAR,
    extra VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR
);
create table d.establishment (
    seq BIGINT, submission_id VARCHAR, unit_code VARCHAR, level_text VARCHAR, is_established BOOLEAN,
    established_on DATE, document VARCHAR, remark VARCHAR, extra VARCHAR, sheet VARCHAR, row_no INTEGER, cells VARCHAR
);

-- The department's own confirmation of an item (销号), and its withdrawal. item_key is 'n:<item_no>' or 't:<title_key>'.
create table d.closing (
    seq BIGINT, recorded_at TIMESTAMPTZ, unit_code VARCHAR, session_year INTEGER, kind VARCHAR, item_key VARCHAR,
    closed_on DATE, is_withdrawn BOOLEAN, actor VARCHAR
);

create table d.setting (seq BIGINT, recorded_at TIMESTAMPTZ, key VARCHAR, value VARCHAR);

create table d.account (
    seq BIGINT, recorded_at TIMESTAMPTZ, login VARCHAR, name VARCHAR, role VARCHAR, unit_code VARCHAR,
    password_hash VARCHAR, is_disabled BOOLEAN
);

-- Official papers issued, each frozen: file is its name, sha256 the issued bytes, generated the bytes the program made
-- (another sum where an edited file was issued), data what it was made from, tree the paper before it is a file.
create table d.document (
    seq BIGINT, recorded_at TIMESTAMPTZ, id VARCHAR, kind VARCHAR, paper VARCHAR, unit_code VARCHAR, addressee VARCHAR,
    quarter VARCHAR, session_year INTEGER, regime VARCHAR, level VARCHAR, known_at TIMESTAMPTZ, number VARCHAR,
    title VARCHAR, dated_on DATE, reply_due DATE, actor VARCHAR, file VARCHAR, sha256 VARCHAR, generated VARCHAR,
    data VARCHAR, tree VARCHAR, n_accepted INTEGER, reason VARCHAR, corrects VARCHAR[], again VARCHAR
);

-- What a person decided that a head of a county's table means; the last row of a unit, table and head stands. field ''
-- is a column not used.
create table d.column_understood (
    seq BIGINT, recorded_at TIMESTAMPTZ, unit_code VARCHAR, table_name VARCHAR, head VARCHAR, shown VARCHAR,
    field VARCHAR, is_withdrawn BOOLEAN, actor VARCHAR
);

-- Matters 督办事项: one row a matter opened, what it is about, its steps (the opening one too) and their files. on_day is
-- the day a step was taken, recorded_at the moment it was written; the state is folded from the steps by internal/matter.
create table d.matter (
    seq BIGINT, recorded_at TIMESTAMPTZ, id VARCHAR, unit_code VARCHAR, reporter_code VARCHAR, source VARCHAR,
    title VARCHAR, quarter VARCHAR, session_year INTEGER, regime VARCHAR
);
create table d.matter_target (
    seq BIGINT, matter_id VARCHAR, no INTEGER, finding_id VARCHAR, rule VARCHAR, rule_name VARCHAR, severity VARCHAR,
    observed VARCHAR, required VARCHAR, clause_document VARCHAR, clause_number VARCHAR, clause_text VARCHAR,
    names VARCHAR[], session_year INTEGER, kind VARCHAR, item_key VARCHAR, item_title VARCHAR, submission_id VARCHAR,
    sheet VARCHAR, cell VARCHAR
);
create table d.matter_step (
    seq BIGINT, recorded_at TIMESTAMPTZ, matter_id VARCHAR, step VARCHAR, on_day DATE, actor VARCHAR, words VARCHAR,
    person VARCHAR, is_for_unit BOOLEAN, due_on DATE, document VARCHAR
);
create table d.matter_file (
    seq BIGINT, matter_id VARCHAR, no INTEGER, name VARCHAR, sha256 VARCHAR, size BIGINT
);

-- The city's rules (package rulebook). A row of regime_change is a whole regime from from_on on (null: always), its TOML
-- and its document's own words; recorded_at is null for those the folder was made with. regime_adoption is which regime
-- the city follows. A rule_suspension holds from from_on to until_on; is_resumed ends what was suspended from from_on on.
create table d.regime_change (
    seq BIGINT, recorded_at TIMESTAMPTZ, regime VARCHAR, toml VARCHAR, words VARCHAR, from_on DATE,
    reason VARCHAR, document VARCHAR, reverts BIGINT, actor VARCHAR
);
create table d.regime_adoption (
    seq BIGINT, recorded_at TIMESTAMPTZ, regime VARCHAR, from_on DATE, reason VARCHAR, document VARCHAR, actor VARCHAR
);
create table d.rule_suspension (
    seq BIGINT, recorded_at TIMESTAMPTZ, regime VARCHAR, rule VARCHAR, from_on DATE, until_on DATE, is_resumed BOOLEAN,
    reason VARCHAR, document VARCHAR, actor VARCHAR
);

-- Files that hold text (reports in words, and documents with tables of the form): the meeting each speaks of, as it was
-- read. kind annual|extraordinary|unclear|none.
create table d.report (
    seq BIGINT, submission_id VARCHAR, unit_code VARCHAR, kind VARCHAR, session_year INTEGER, held_on DATE
);
-- What an officer made of a report in words: how kept|evidence|dismissed, by_id the version it became; the last row of a
-- report counts.
create table d.report_settled (
    seq BIGINT, recorded_at TIMESTAMPTZ, report_id VARCHAR, how VARCHAR, by_id VARCHAR, words VARCHAR, actor VARCHAR
);

package ingest

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"liandu/internal/cntext"
	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
)

// An officer checks what was read from a report beside its text and keeps it as a version of its quarter. A new version
// replaces all tables of the old one (data.md), so the version made from a report carries every row of the version in
// force, each with the submission in whose file it stands, and adds the report's meeting and those of its items that the
// version has not: what a workbook reports of an item's progress is never overwritten by the words that agreed on it. A
// meeting that the version has already is replaced only where the officer says so. The reading keeps the text, the facts
// as kept, and what was corrected; what was read at first stays with the submission the report came as.

//go:embed sql/report_settled.sql
var reportSettledSQL string

// ReportForm is a report's facts as an officer keeps them. Unit is whose conference it was, Quarter the report the facts
// are added to. Of Meeting and Items the units and sources are not read. Replace takes the report's meeting instead of the
// one that the version in force has.
type ReportForm struct {
	Unit    record.UnitCode
	Quarter period.Quarter
	Meeting record.Meeting
	Items   []record.Resolution
	Replace bool
}

// ReportState is what an officer made of a report; How is "" while it waits.
type ReportState struct {
	How   store.ReportHow
	By    string // the version it became
	Words string
	Actor string
}

// ReportState returns what became of a report in words.
func (in *Ingester) ReportState(ctx context.Context, id string) (ReportState, error) {
	return reportState(ctx, in.Store.DB(), id)
}

func reportState(ctx context.Context, db *sql.DB, id string) (ReportState, error) {
	var s ReportState
	var how string
	err := db.QueryRowContext(ctx, reportSettledSQL, sql.Named("id", id)).Scan(&how, &s.By, &s.Words, &s.Actor)
	if errors.Is(err, sql.ErrNoRows) {
		return ReportState{}, nil
	}
	if err != nil {
		return ReportState{}, fmt.Errorf("state of report %s: %w", id, err)
	}
	s.How = store.ReportHow(how)
	return s, nil
}

// KeepReport makes a version of a report's facts as an officer has checked them. It returns fault.Invalid for facts that
// cannot be kept, fault.Conflict where the report was settled already or the version in force has the meeting and the
// form does not replace it; nothing is kept then.
func (in *Ingester) KeepReport(ctx context.Context, id string, form ReportForm, actor string) (Result, error) {
	owner, err := in.checkForm(form)
	if err != nil {
		return Result{}, err
	}
	var out Result
	_, err = in.Store.Update(ctx, func(ctx context.Context, db *sql.DB, next int64) ([]journal.Entry, error) {
		came, err := in.waiting(ctx, db, id)
		if err != nil {
			return nil, err
		}
		reading, version, err := in.versionFrom(ctx, db, came, form, owner)
		if err != nil {
			return nil, err
		}
		kept, err := in.keepReading(reading)
		if err != nil {
			return nil, err
		}
		now := in.Now()
		received, err := receivedOn(ctx, db, id)
		if err != nil {
			return nil, err
		}
		sub := record.Submission{
			ID: fmt.Sprintf("S%d", next), Unit: owner, Quarter: form.Quarter, Version: version, Status: record.Accepted,
			File: reading.File, SHA256: reading.SHA256, Reading: kept, ReceivedAt: received, Actor: actor,
			DecidedAt: later(now, received),
		}
		out = resultOf(sub, version, reading)
		return []journal.Entry{
			{At: now, Actor: actor, Action: store.ActionSubmissionAccepted, Subject: sub.ID, Blobs: []string{sub.SHA256, kept},
				Data: store.SubmissionDecided{Submission: sub}},
			{At: now, Actor: actor, Action: store.ActionReportSettled, Subject: id,
				Data: store.ReportSettled{ID: id, How: store.ReportKept, By: sub.ID}},
		}, nil
	})
	if err != nil {
		return Result{}, fmt.Errorf("keep report %s: %w", id, err)
	}
	return out, nil
}

// receivedOn is when the county's file came: a report kept later is as punctual as it came.
func receivedOn(ctx context.Context, db *sql.DB, id string) (time.Time, error) {
	var file, sum, blob string
	var at time.Time
	if err := db.QueryRowContext(ctx, receivedFileSQL, sql.Named("id", id)).Scan(&file, &sum, &blob, &at); err != nil {
		return at, fmt.Errorf("when %s came: %w", id, err)
	}
	return at, nil
}

// SettleReport says of a report that it is evidence beside a workbook, or of no use; words say why and may be empty for
// evidence.
func (in *Ingester) SettleReport(ctx context.Context, id string, how store.ReportHow, words, actor string) error {
	words, err := wordsOf(words)
	if err != nil {
		return err
	}
	if how == store.ReportDismissed && words == "" {
		return fault.New(fault.Invalid, "没有写不收入的原因。", "请写明为什么不收入，如「不是联席会议的报道」。")
	}
	_, err = in.Store.Update(ctx, func(ctx context.Context, db *sql.DB, _ int64) ([]journal.Entry, error) {
		if _, err := in.waiting(ctx, db, id); err != nil {
			return nil, err
		}
		return []journal.Entry{{At: in.Now(), Actor: actor, Action: store.ActionReportSettled, Subject: id,
			Data: store.ReportSettled{ID: id, How: how, Words: words}}}, nil
	})
	if err != nil {
		return fmt.Errorf("settle report %s: %w", id, err)
	}
	return nil
}

// waiting returns a report in words that nobody has settled.
func (in *Ingester) waiting(ctx context.Context, db *sql.DB, id string) (keptReading, error) {
	state, err := reportState(ctx, db, id)
	if err != nil {
		return keptReading{}, err
	}
	if state.How != "" {
		return keptReading{}, fault.New(fault.Conflict, "这份文字材料已经处理过了。", "请重新打开查看处理结果。")
	}
	read, err := in.Reading(id)
	if err != nil {
		return keptReading{}, err
	}
	if !inWords(read) {
		return keptReading{}, fault.New(fault.NotFound, fmt.Sprintf("编号「%s」不是文字材料。", id), "请从「报送管理—文字材料」中打开。")
	}
	if first := twiceOf(read); first != "" {
		return keptReading{}, fault.New(fault.Conflict, fmt.Sprintf("这份文字材料与 %s 相同，没有另外收下。", first), fmt.Sprintf("请打开 %s 核对。", first))
	}
	return keptReading{id, read.File, read}, nil
}

// checkForm refuses facts that no version may hold and returns who reports for the unit.
func (in *Ingester) checkForm(form ReportForm) (record.UnitCode, error) {
	m := form.Meeting
	refuse := func(what, hint string) (record.UnitCode, error) { return "", fault.New(fault.Invalid, what, hint) }
	unit, ok := in.Registry().Unit(form.Unit)
	switch {
	case !ok:
		return refuse("没有选定召开单位。", "请选择是哪个单位的联席会议。")
	case form.Quarter.IsZero():
		return refuse("没有选定报告期。", "请选择这次会议计入哪个季度。")
	case m.Kind == "":
		return refuse("没有选定会议形式。", "请选择年度联席会议、临时联席会议或以其他会议代替。")
	case m.HeldOn.IsZero():
		return refuse("没有填写召开日期。", "没有日期的会议不能计入数据，请查会议通知或纪要后补填。")
	case m.HeldOn.After(form.Quarter.Last()):
		return refuse(fmt.Sprintf("召开日期 %s 晚于报告期末 %s。", m.HeldOn, form.Quarter.Last()), "请改正日期，或选择会议召开的季度。")
	case m.SessionYear == 0:
		return refuse("没有填写所属年度。", "请填写四位年份。")
	}
	for i, x := range form.Items {
		if cntext.TitleKey(x.Title) == "" {
			return refuse(fmt.Sprintf("第 %d 项议定事项没有名称。", i+1), "请填写名称，或删去这一项。")
		}
		if x.Status == "" {
			return refuse(fmt.Sprintf("第 %d 项议定事项没有选定进展状态。", i+1), "请按实际情况选择。")
		}
	}
	if unit.Submitter {
		return unit.Code, nil
	}
	owner, ok := in.Registry().Submitter(unit.Code)
	if !ok {
		return refuse(fmt.Sprintf("「%s」没有填报单位。", unit.Name), "请选择填报单位或其所属的乡镇、街道。")
	}
	return owner.Code, nil
}

// versionFrom joins a report's facts to the version in force of its unit and quarter, and says the version's number.
func (in *Ingester) versionFrom(ctx context.Context, db *sql.DB, came keptReading, form ReportForm, owner record.UnitCode) (record.Reading, int, error) {
	units := in.Registry()
	base, err := in.inForce(ctx, db, owner, form.Quarter)
	if err != nil {
		return record.Reading{}, 0, err
	}
	r := record.Reading{
		Reader: Reader, File: came.file, SHA256: came.read.SHA256, Unit: owner, Quarter: form.Quarter, Cover: base.read.Cover,
		Meetings: []record.Meeting{}, Resolutions: []record.Resolution{}, Establishments: []record.Establishment{}, Columns: []record.ColumnRead{},
	}
	report, meeting, items := keptReport(came, base.id, form, units)
	r.Report = report
	this := session{form.Unit, meeting.SessionYear, meeting.Kind}
	carryRows(&r, base)
	var others []record.Meeting
	for _, m := range r.Meetings {
		same := meetingOf(m) == this && (this.kind == record.KindAnnual || m.HeldOn == meeting.HeldOn) || m.Unit == form.Unit && m.HeldOn == meeting.HeldOn
		if !same {
			others = append(others, m)
			continue
		}
		if !form.Replace {
			return r, 0, fault.New(fault.Conflict, fmt.Sprintf("现行报表已报有%s（召开日期 %s）。", this.words(units), m.HeldOn),
				"请对照下列不一致之处，选择以文字材料代替报表中的这一行，或只作佐证。")
		}
	}
	if !form.Replace {
		if err := in.elsewhere(ctx, db, owner, form, meeting); err != nil {
			return r, 0, err
		}
	}
	r.Meetings = append(others, meeting)
	addItems(&r, this, items)
	r.Columns = append(r.Columns, textColumns()...)
	p := &problems{}
	check(units, &r, p)
	n, _, _, err := accepted(ctx, db, owner, form.Quarter)
	if err != nil {
		return r, 0, err
	}
	before, err := lookBack(ctx, db, units, owner, form.Quarter)
	if err != nil {
		return r, 0, err
	}
	checkStored(units, &r, before, p)
	if p.errors > 0 {
		for _, q := range p.inOrder() {
			if q.Severity == record.SeverityError {
				return r, 0, fault.New(fault.Invalid, q.Message, q.Hint)
			}
		}
	}
	r.Problems = p.inOrder()
	return r, n + 1, nil
}

// elsewhere refuses an annual meeting that another quarter's version in force reports on another day: both would count.
func (in *Ingester) elsewhere(ctx context.Context, db *sql.DB, owner record.UnitCode, form ReportForm, meeting record.Meeting) error {
	versions, err := in.keptReadings(ctx, db, versionInForceSQL, owner)
	if err != nil {
		return err
	}
	for _, v := range versions {
		for _, m := range v.read.Meetings {
			if v.read.Quarter != form.Quarter && meeting.Kind == record.KindAnnual && meetingOf(m) == meetingOf(meeting) && m.HeldOn != meeting.HeldOn {
				return fault.New(fault.Conflict, fmt.Sprintf("%s报表报的这次会议召开日期是 %s，与此处的 %s 不同，两次都会计入。", v.read.Quarter.Chinese(), m.HeldOn, meeting.HeldOn),
					"请核对是哪一天；仍要收入的，请勾选以文字材料代替，并请填报单位改正那一季度的报表。")
			}
		}
	}
	return nil
}

// inForce returns the version in force of a unit's quarter, with no rows where there is none.
func (in *Ingester) inForce(ctx context.Context, db *sql.DB, unit record.UnitCode, q period.Quarter) (keptReading, error) {
	versions, err := in.keptReadings(ctx, db, versionInForceSQL, unit)
	if err != nil {
		return keptReading{}, err
	}
	for _, v := range versions {
		if v.read.Quarter == q {
			return v, nil
		}
	}
	return keptReading{}, nil
}

// carriedText is the sheet's name of rows that an earlier report gave, so that it is not taken for this one's text.
func carriedText(id string) string { return record.TextSheet + "（" + id + "）" }

// CarriedSheet returns the sheet's own name in the file of the submission it was carried from.
func CarriedSheet(s record.Source) string {
	if s.Submission != "" && s.Sheet == carriedText(s.Submission) {
		return record.TextSheet
	}
	return s.Sheet
}

// carryRows takes the rows of a version on, each with the submission in whose file it stands.
func carryRows(r *record.Reading, base keptReading) {
	from := func(s record.Source) record.Source {
		if s.Submission == "" {
			s.Submission = base.id
			if s.Sheet == record.TextSheet {
				s.Sheet = carriedText(base.id)
			}
		}
		return s
	}
	for _, m := range base.read.Meetings {
		m.Source = from(m.Source)
		r.Meetings = append(r.Meetings, m)
	}
	for _, x := range base.read.Resolutions {
		x.Source = from(x.Source)
		r.Resolutions = append(r.Resolutions, x)
	}
	for _, e := range base.read.Establishments {
		e.Source = from(e.Source)
		r.Establishments = append(r.Establishments, e)
	}
	for _, c := range base.read.Columns {
		if c.Sheet == record.TextSheet {
			c.Sheet = carriedText(base.id)
		}
		r.Columns = append(r.Columns, c)
	}
}

// addItems adds the items that the version has not; those without a number get the next ones of their meeting.
func addItems(r *record.Reading, this session, items []record.Resolution) {
	have, last := map[string]bool{}, 0
	for _, x := range r.Resolutions {
		if resolutionOf(x) != this {
			continue
		}
		have[x.TitleKey] = true
		if n, err := strconv.Atoi(x.ItemNo); err == nil {
			last = max(last, n)
		}
	}
	for _, x := range items {
		if have[x.TitleKey] {
			continue
		}
		have[x.TitleKey] = true
		last++
		x.ItemNo = strconv.Itoa(last)
		r.Resolutions = append(r.Resolutions, x)
	}
}

// textColumns are the columns of the rows that a report gives.
func textColumns() []record.ColumnRead {
	var out []record.ColumnRead
	add := func(table, field, head string) {
		out = append(out, record.ColumnRead{Sheet: record.TextSheet, Table: table, Head: head, Field: field})
	}
	for _, c := range []string{"unit 召开单位", "session_year 所属年度", "kind 会议形式", "held_on 召开日期", "chair_name 主持人", "chair_title 主持人职务",
		"gov_attendees 政府方出席人员", "union_attendees 工会方出席人员", "gov_topics 政府方议题数", "union_topics 工会方议题数", "joint_topics 联合议题数",
		"agenda_report 通报上次议定事项落实情况"} {
		field, head, _ := strings.Cut(c, " ")
		add(string(TableMeeting), field, head)
	}
	for _, c := range []string{"unit 召开单位", "session_year 所属年度", "kind 会议形式", "item_no 序号", "title 议定事项", "lead_unit 牵头单位", "owner 责任人",
		"due_on 完成时限", "status 进展状态"} {
		field, head, _ := strings.Cut(c, " ")
		add(string(TableResolution), field, head)
	}
	return out
}

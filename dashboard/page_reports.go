package dashboard

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/cntext"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// reports is 文字材料: the reports in words, those that wait for an officer first.
func (s *Server) reports(c *gin.Context) error {
	rows, err := s.deps.Queries.Reports(c.Request.Context(), queries.ReportFilter{Scope: account(c).Scope()})
	if err != nil {
		return err
	}
	names, err := s.accountNames(c.Request.Context())
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "reports", view.NewReports(view.ReportsInput{Address: addressOf(c), Rows: rows, Names: names}))
}

// report is one report: its text with the words lit, beside its facts in a form.
func (s *Server) report(c *gin.Context) error { return s.reportPage(c, http.StatusOK, nil, nil) }

// reportRow returns a report the account may see with what was read from it. Another unit's is as unknown as none.
func (s *Server) reportRow(c *gin.Context) (queries.Report, record.Reading, error) {
	unknown := fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的文字材料。", c.Param("id")), "请从「报送管理—文字材料」中打开。")
	rows, err := s.deps.Queries.Reports(c.Request.Context(), queries.ReportFilter{ID: c.Param("id")})
	if err != nil {
		return queries.Report{}, record.Reading{}, err
	}
	if c.Param("id") == "" || len(rows) != 1 {
		return queries.Report{}, record.Reading{}, unknown
	}
	if own := account(c).Scope(); own != "" && rows[0].Unit != own && (rows[0].Unit != "" || rows[0].Actor != account(c).Login) {
		if err := s.noteRefusal(c); err != nil {
			return queries.Report{}, record.Reading{}, err
		}
		return queries.Report{}, record.Reading{}, unknown
	}
	read, err := s.deps.Ingest.Reading(rows[0].ID)
	if err == nil && read.Report == nil {
		err = unknown
	}
	return rows[0], read, err
}

// reportPage draws the page; typed is a form that was refused, why says what is wrong with it.
func (s *Server) reportPage(c *gin.Context, status int, typed *view.ReportForm, why error) error {
	row, read, err := s.reportRow(c)
	if err != nil {
		return err
	}
	in := view.ReportInput{Address: addressOf(c), Row: row, Read: read.Report, CanDecide: auth.Can(account(c), auth.Decide, row.Unit)}
	if in.Names, err = s.accountNames(c.Request.Context()); err != nil {
		return err
	}
	var f *fault.Error
	if errors.As(why, &f) {
		in.Error, in.Hint = f.Message, f.Hint
	}
	if row.How == "" {
		differ, err := s.deps.Ingest.Against(c.Request.Context(), row.ID, row.File, read)
		if err != nil {
			return err
		}
		for _, d := range differ {
			in.Differ = append(in.Differ, view.ReportDiffer{
				Message: d.Message, Words: d.Words, Ref: d.Ref, Figures: d.Figures, Workbook: d.Workbook, Sheet: d.Sheet, Cell: d.Cell,
			})
		}
	}
	if row.By != "" {
		kept, err := s.deps.Ingest.Reading(row.By)
		if err != nil {
			return err
		}
		if kept.Report != nil && kept.Report.Kept != nil {
			in.Corrected = kept.Report.Kept.Corrections
		}
	}
	units, err := s.deps.Registry(c.Request.Context())
	if err != nil {
		return err
	}
	quarters, err := s.quarters(c.Request.Context())
	if err != nil {
		return err
	}
	if typed == nil {
		read := view.ReadForm(read.Report, read.Quarter)
		typed = &read
	}
	in.Form = typed.With(units.All(), quarters)
	return s.render(c, status, "report", view.NewReportPage(in))
}

// reportPost does what the officer decided: keeps the facts, or sets the report aside.
func (s *Server) reportPost(c *gin.Context) error {
	row, _, err := s.reportRow(c)
	if err != nil {
		return err
	}
	here, login := addressOf(c).Href("/reports/"+row.ID), account(c).Login
	typed := typedForm(c)
	switch how := c.PostForm("how"); how {
	case "keep":
		form, err := reportForm(typed)
		if err == nil {
			var r ingest.Result
			if r, err = s.deps.Ingest.KeepReport(c.Request.Context(), row.ID, form, login); err == nil {
				return redirect(c, addressOf(c).Href("/submissions/"+r.Submission), fmt.Sprintf("已收入数据，成为%s第 %d 版。", r.Quarter.Chinese(), r.Version))
			}
		}
		if code := fault.CodeOf(err); code == fault.Invalid || code == fault.Conflict {
			return s.reportPage(c, fault.Status(code), &typed, err)
		}
		return err
	case string(store.ReportEvidence), string(store.ReportDismissed):
		err := s.deps.Ingest.SettleReport(c.Request.Context(), row.ID, store.ReportHow(how), typed.Words, login)
		if code := fault.CodeOf(err); code == fault.Invalid || code == fault.Conflict {
			return s.reportPage(c, fault.Status(code), &typed, err)
		}
		if err != nil {
			return err
		}
		return redirect(c, here, "已记录。")
	}
	return fault.New(fault.Usage, "没有选定怎样处理。", "请从页面上的按钮操作。")
}

// typedForm is the form as it was sent, nothing judged.
func typedForm(c *gin.Context) view.ReportForm {
	f := view.ReportForm{
		Unit: c.PostForm("unit"), Quarter: c.PostForm("quarter"), Kind: c.PostForm("kind"), Report: c.PostForm("agenda_report"),
		SessionYear: c.PostForm("session_year"), HeldOn: c.PostForm("held_on"), ChairName: c.PostForm("chair_name"), ChairTitle: c.PostForm("chair_title"),
		GovAttendees: c.PostForm("gov_attendees"), UnionAttendees: c.PostForm("union_attendees"),
		GovTopics: c.PostForm("gov_topics"), UnionTopics: c.PostForm("union_topics"), JointTopics: c.PostForm("joint_topics"),
		Replace: c.PostForm("replace") == "1", Words: c.PostForm("words"),
	}
	for i := 1; i <= view.MostReportItems; i++ {
		n := strconv.Itoa(i)
		if _, sent := c.GetPostForm("title_" + n); !sent {
			break
		}
		f.Items = append(f.Items, view.ReportFormItem{
			No: i, Title: c.PostForm("title_" + n), Lead: c.PostForm("lead_" + n), Owner: c.PostForm("owner_" + n), Due: c.PostForm("due_" + n),
			Status: c.PostForm("status_" + n), Drop: c.PostForm("drop_"+n) == "1",
		})
	}
	return f
}

// reportForm reads what was typed. An empty field is a fact not known; one that cannot be read is fault.Invalid.
func reportForm(t view.ReportForm) (ingest.ReportForm, error) {
	m := record.Meeting{
		Kind: record.MeetingKind(t.Kind), ChairName: strings.TrimSpace(t.ChairName), ChairTitle: strings.TrimSpace(t.ChairTitle),
		GovAttendees: strings.TrimSpace(t.GovAttendees), UnionAttendees: strings.TrimSpace(t.UnionAttendees),
	}
	f := ingest.ReportForm{Unit: record.UnitCode(t.Unit), Replace: t.Replace}
	if m.Kind != "" && m.Kind.Chinese() == "" {
		return f, wrongField("会议形式", t.Kind, "请从列表中选择。")
	}
	if t.Quarter != "" {
		q, err := period.ParseQuarter(t.Quarter)
		if err != nil {
			return f, wrongField("报告期", t.Quarter, "请从列表中选择。")
		}
		f.Quarter = q
	}
	if t.SessionYear = strings.TrimSpace(t.SessionYear); t.SessionYear != "" {
		y, ok := cntext.Count(t.SessionYear)
		if !ok || y < 1950 || y > 2150 {
			return f, wrongField("所属年度", t.SessionYear, "请写成 2024 这样的四位数字。")
		}
		m.SessionYear = y
	}
	if t.HeldOn = strings.TrimSpace(t.HeldOn); t.HeldOn != "" {
		d, ok := cntext.Date(t.HeldOn, cntext.DateOptions{})
		if !ok || !d.Exact() {
			return f, wrongField("召开日期", t.HeldOn, "请写成 2024-05-10 这样的日期。")
		}
		m.HeldOn = d.Date
	}
	for _, n := range []struct {
		name, typed string
		to          **int
	}{{"政府方议题数", t.GovTopics, &m.GovTopics}, {"工会方议题数", t.UnionTopics, &m.UnionTopics}, {"联合议题数", t.JointTopics, &m.JointTopics}} {
		if strings.TrimSpace(n.typed) == "" {
			continue
		}
		count, ok := cntext.Count(n.typed)
		if !ok || count < 0 || count > 200 {
			return f, wrongField(n.name, n.typed, "请写成 3 这样的整数，不知道的留空。")
		}
		*n.to = &count
	}
	switch t.Report {
	case "yes", "no":
		said := t.Report == "yes"
		m.AgendaReport = &said
	}
	f.Meeting = m
	for _, x := range t.Items {
		item, ok, err := reportItem(x, m.SessionYear)
		if err != nil {
			return f, err
		}
		if ok {
			f.Items = append(f.Items, item)
		}
	}
	return f, nil
}

// reportItem reads one item; ok is false for a line that was left empty or taken out.
func reportItem(x view.ReportFormItem, year int) (record.Resolution, bool, error) {
	r := record.Resolution{
		Title: strings.TrimSpace(x.Title), LeadUnit: strings.TrimSpace(x.Lead), Owner: strings.TrimSpace(x.Owner), Status: record.ItemStatus(x.Status),
	}
	if x.Drop || r.Title == "" && r.LeadUnit == "" && r.Owner == "" && strings.TrimSpace(x.Due) == "" {
		return r, false, nil
	}
	if r.Status != "" && r.Status.Chinese() == "" {
		return r, false, wrongField("进展状态", x.Status, "请从列表中选择。")
	}
	due := strings.TrimSpace(x.Due)
	if due == "" {
		return r, true, nil
	}
	d, ok := cntext.Date(due, cntext.DateOptions{SessionYear: year})
	if !ok {
		return r, false, wrongField("「"+r.Title+"」的完成时限", due, "请写成 2024-09-30 这样的日期，或「年底前」「长期」。")
	}
	r.DueOn = d.Date
	if d.Note != "" {
		r.DueText = due
	}
	return r, true, nil
}

func wrongField(name, typed, hint string) error {
	return fault.New(fault.Invalid, fmt.Sprintf("「%s」填写的「%s」无法识别。", name, typed), hint)
}

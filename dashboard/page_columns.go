package dashboard

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/fault"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// columns is 列的理解: how each head of a file was understood, for an officer to correct.
func (s *Server) columns(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	return s.columnsPage(c, http.StatusOK, row, nil, "")
}

func (s *Server) columnsPage(c *gin.Context, status int, row *queries.SubmissionDetail, picked map[string]string, wrong string) error {
	ctx := c.Request.Context()
	in := view.ColumnsInput{Address: addressOf(c), Row: row.SubmissionRow, Tables: formTables(), Chosen: picked, Error: wrong}
	reading, err := s.reading(row)
	if err != nil {
		return err
	}
	if reading != nil {
		in.Columns = reading.Columns
	}
	learned, err := s.deps.Ingest.LearnedHeads(ctx, row.Unit)
	if err != nil {
		return err
	}
	for _, l := range learned {
		in.Learned = append(in.Learned, view.LearnedHead{Table: string(l.Table), Head: l.Head, Shown: l.Shown, Field: l.Field, Actor: l.Actor})
	}
	if in.Names, err = s.accountNames(ctx); err != nil {
		return err
	}
	return s.render(c, status, "columns", view.NewColumns(in))
}

// formTables lists the form's tables of facts.
func formTables() []view.FormTable {
	var out []view.FormTable
	for _, sheet := range ingest.Sheets() {
		if sheet.Table == ingest.TableCover {
			continue
		}
		t := view.FormTable{ID: string(sheet.Table), Name: sheet.Name}
		for _, f := range sheet.Columns {
			t.Fields = append(t.Fields, view.TableField{ID: f.Field, Head: f.Head, Required: f.Required})
		}
		out = append(out, t)
	}
	return out
}

// columnsPost writes down what was changed and reads the file again.
func (s *Server) columnsPost(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	reading, err := s.reading(row)
	if err != nil {
		return err
	}
	if reading == nil || row.Unit == "" {
		return s.columnsPage(c, http.StatusUnprocessableEntity, row, nil, "单位未识别的文件不能指定列。请先确认填报单位的名称。")
	}
	picked := map[string]string{}
	for i := range reading.Columns {
		if v, ok := c.GetPostForm(view.ColumnName(i)); ok {
			picked[view.ColumnName(i)] = v
		}
	}
	decisions := decisionsOf(row.Unit, reading.Columns, picked)
	if len(decisions) == 0 {
		return redirect(c, addressOf(c).Href("/submissions/"+row.ID+"/columns"), "没有改动。")
	}
	if wrong := readTwice(reading.Columns, picked); wrong != "" {
		return s.columnsPage(c, http.StatusUnprocessableEntity, row, picked, wrong)
	}
	if err := s.deps.Ingest.Understand(c.Request.Context(), decisions, account(c).Login); err != nil {
		if fault.CodeOf(err) == fault.Invalid {
			return s.columnsPage(c, http.StatusUnprocessableEntity, row, picked, faultWords(err))
		}
		return err
	}
	return s.readAgain(c, row.ID, "/columns")
}

// decisionsOf are the columns that were picked otherwise than they stand.
func decisionsOf(unit record.UnitCode, columns []record.ColumnRead, picked map[string]string) []store.ColumnUnderstood {
	var out []store.ColumnUnderstood
	for i, c := range columns {
		v, ok := picked[view.ColumnName(i)]
		byHand := c.How == record.HowLearned || c.How == record.HowIgnored
		d := store.ColumnUnderstood{Unit: unit, Table: c.Table, Shown: strings.Join(strings.Fields(c.Head), "")}
		switch {
		case !ok || strings.TrimSpace(c.Head) == "":
			continue
		case v == view.ColumnAsRead:
			if !byHand {
				continue
			}
			d.Withdrawn = true
		case v == view.ColumnUnused:
			if c.How == record.HowIgnored || c.Table == "" {
				continue
			}
		default:
			table, field, _ := strings.Cut(v, ".")
			if table == c.Table && field == c.Field && c.How != record.HowIgnored {
				continue
			}
			d.Table, d.Field = table, field
		}
		out = append(out, d)
	}
	return out
}

// readTwice says which two columns of a table would be read as the same, where at least one was picked so; "" for none.
func readTwice(columns []record.ColumnRead, picked map[string]string) string {
	type place struct{ sheet, field string }
	first := map[place]int{}
	isPicked := map[place]bool{}
	for i, c := range columns {
		means := ""
		if c.Field != "" {
			means = c.Table + "." + c.Field
		}
		v, ok := picked[view.ColumnName(i)]
		switch {
		case !ok || v == view.ColumnAsRead:
			v = ""
		case v == view.ColumnUnused:
			means = ""
		default:
			means = v
		}
		if means == "" {
			continue
		}
		at := place{c.Sheet, means}
		changed := v != "" && v != c.Table+"."+c.Field
		if j, twice := first[at]; twice && (changed || isPicked[at]) {
			return fmt.Sprintf("%s 列「%s」和 %s 列「%s」不能都读作同一栏。请把其中一列改为别的栏或「不采用」。", columns[j].Ref, columns[j].Head, c.Ref, c.Head)
		}
		first[at] = i
		isPicked[at] = isPicked[at] || changed
	}
	return ""
}

// columnsWithdraw takes one decision back and reads the file again.
func (s *Server) columnsWithdraw(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	learned, err := s.deps.Ingest.LearnedHeads(c.Request.Context(), row.Unit)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(learned, func(l ingest.LearnedHead) bool { return string(l.Table)+"."+l.Head == c.PostForm("head") })
	if i < 0 {
		return s.columnsPage(c, http.StatusConflict, row, nil, "这项指定已不在，可能已由他人撤回。")
	}
	l := learned[i]
	err = s.deps.Ingest.Understand(c.Request.Context(), []store.ColumnUnderstood{
		{Unit: row.Unit, Table: string(l.Table), Head: l.Head, Shown: l.Shown, Withdrawn: true},
	}, account(c).Login)
	if err != nil {
		return err
	}
	return s.readAgain(c, row.ID, "/columns")
}

// readAgain reads a file once more after a decision and goes to what became of it; where nothing came of it, back to the
// page of the decision with the reason.
func (s *Server) readAgain(c *gin.Context, id, back string) error {
	results, err := s.deps.Ingest.Again(c.Request.Context(), id, true, account(c).Login)
	if fault.CodeOf(err) == fault.Conflict {
		return redirect(c, addressOf(c).Href("/submissions/"+id+back), faultWords(err))
	}
	if err != nil {
		return err
	}
	r := results[0]
	words := "已按指定重新读取，待受理。"
	switch r.Status {
	case record.Accepted, record.Duplicate:
		words = "已按指定重新读取并受理。"
	case record.Rejected:
		words = "已按指定重新读取，仍有错误。"
	}
	var batch []string
	if len(results) > 1 {
		for _, r := range results {
			batch = append(batch, r.Submission)
		}
	}
	return redirect(c, addressOf(c).Href("/submissions/"+r.Submission, "batch", strings.Join(batch, ",")), words)
}

// faultWords is what a fault says to people, without what it wraps.
func faultWords(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Error()
	}
	return err.Error()
}

package dashboard

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/queries"
)

// heldInput gathers what a waiting file is decided by: what it says against what is in force and the quarter before,
// and the published figures that would move. What came back with a refused form is put in by the caller.
func (s *Server) heldInput(c *gin.Context, p ingest.Pending, versions []queries.SubmissionRow) (*view.HeldInput, error) {
	who := account(c)
	in := &view.HeldInput{
		Next: p.NextVersion, Errors: p.Errors(), Duplicate: p.IsDuplicate, Need: p.Reasons(), Fields: formFields(),
		CanDecide: auth.Can(who, auth.Decide, ""), CanWithdraw: who.Role == auth.County && auth.Can(who, auth.Submit, p.Unit),
		Typed: map[string]string{},
	}
	for _, v := range versions {
		if v.IsInForce {
			r, err := s.readingOf(v)
			if err != nil {
				return nil, err
			}
			in.InForce, in.InForceName = view.Edition{ID: v.ID, Reading: r}, fmt.Sprintf("第 %d 版", v.Version)
		}
	}
	if err := s.quarterBefore(c, p, in); err != nil {
		return nil, err
	}
	if who.Scope() == "" && in.Errors == 0 && !in.Duplicate {
		supposed, err := s.supposed(c, p)
		if err != nil {
			return nil, err
		}
		in.Supposed = &supposed
		if in.Published, err = s.published(c, p, supposed); err != nil {
			return nil, err
		}
	}
	basis, err := json.Marshal(struct {
		Problems []record.Problem
		Next     int
		Supposed *view.Supposed
	}{p.Read.Problems, p.NextVersion, in.Supposed})
	if err != nil {
		return nil, fmt.Errorf("basis of %s: %w", p.ID, err)
	}
	sum := sha256.Sum256(basis)
	in.Basis = hex.EncodeToString(sum[:8])
	return in, nil
}

// quarterBefore finds the version in force of the nearest earlier quarter.
func (s *Server) quarterBefore(c *gin.Context, p ingest.Pending, in *view.HeldInput) error {
	rows, err := s.filesOf(c, queries.SubmissionFilter{Unit: p.Unit, Status: record.Accepted})
	if err != nil {
		return err
	}
	var last *queries.SubmissionRow
	for i, r := range rows {
		if r.IsInForce && r.Quarter.Compare(p.Quarter) < 0 && (last == nil || r.Quarter.Compare(last.Quarter) > 0) {
			last = &rows[i]
		}
	}
	if last == nil {
		return nil
	}
	r, err := s.readingOf(*last)
	if err != nil {
		return err
	}
	in.Before, in.BeforeName = view.Edition{ID: last.ID, Reading: r}, last.Quarter.Chinese()
	return nil
}

// published says why a change of figures needs a word: the quarter has been counted with another version, or its time
// is over, or an issued paper tells them. "" when nothing moves or nothing was published yet.
func (s *Server) published(c *gin.Context, p ingest.Pending, moves view.Supposed) (string, error) {
	if !moves.Moves() {
		return "", nil
	}
	if n := len(moves.Documents); n > 0 {
		return fmt.Sprintf("受理后，已印发的 %d 份文件中的数字会变动，请写明原因。", n), nil
	}
	if p.NextVersion > 1 {
		return "本季度已有受理的版本，受理后已公布的数字会变动，请写明原因。", nil
	}
	reported, err := s.reported(c.Request.Context())
	if err != nil {
		return "", err
	}
	if n := len(reported); n > 0 && reported[n-1].Compare(p.Quarter) > 0 {
		return "这是以往季度的报表，受理后以往已公布的数字会变动，请写明原因。", nil
	}
	return "", nil
}

// decide is the officer's decision on a waiting file. A refused one comes back with everything typed.
func (s *Server) decide(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	typed := map[string]string{"decision": c.PostForm("decision"), "words": strings.TrimSpace(c.PostForm("words"))}
	reasons := map[int]string{}
	for name, values := range c.Request.PostForm {
		var no int
		if _, err := fmt.Sscanf(name, "reason-%d", &no); err == nil && len(values) > 0 && name == view.ReasonName(no) {
			typed[name] = strings.TrimSpace(values[0])
			reasons[no] = typed[name]
		}
	}
	where := addressOf(c).Href("/submissions/"+row.ID, "batch", c.Query("batch"))
	if typed["decision"] == "return" {
		if _, err := s.deps.Ingest.Return(c.Request.Context(), row.ID, typed["words"], account(c).Login); err != nil {
			return s.decisionRefused(c, err, typed)
		}
		return redirect(c, where, "已退回，退回意见已显示给填报单位")
	}
	result, err := s.accept(c, row.ID, reasons)
	if err != nil {
		return s.decisionRefused(c, err, typed)
	}
	text := fmt.Sprintf("已受理，成为第 %d 版，各项数字已更新", result.Version)
	if result.Status == record.Duplicate {
		text = "与现行版相同，已记为重复"
	}
	return redirect(c, where, text)
}

// accept accepts what the officer was shown: where figures or problems are others by now, they are shown again first.
func (s *Server) accept(c *gin.Context, id string, reasons map[int]string) (ingest.Result, error) {
	p, err := s.deps.Ingest.Judge(c.Request.Context(), id)
	if err != nil {
		return ingest.Result{}, err
	}
	versions, err := s.filesOf(c, queries.SubmissionFilter{Unit: p.Unit, Quarter: p.Quarter})
	if err != nil {
		return ingest.Result{}, err
	}
	in, err := s.heldInput(c, p, versions)
	if err != nil {
		return ingest.Result{}, err
	}
	if in.Basis != c.PostForm("basis") {
		return ingest.Result{}, fault.New(fault.Conflict, "预览之后又有数据变动，提醒和数字已重新计算，没有受理。", "请核对后再点「受理」。")
	}
	if in.Published != "" && reasons[ingest.FileReason] == "" {
		return ingest.Result{}, fault.New(fault.Invalid, "受理会使已公布的数字变动，需要写明原因，没有受理。", "请在标出的各处写明理由。")
	}
	return s.deps.Ingest.Accept(c.Request.Context(), id, reasons, account(c).Login)
}

// decisionRefused shows the page again with what was typed, unless the file is not waiting any more.
func (s *Server) decisionRefused(c *gin.Context, err error, typed map[string]string) error {
	var refused *fault.Error
	if !errors.As(err, &refused) || refused.Code != fault.Invalid && refused.Code != fault.Conflict {
		return err
	}
	row, rowErr := s.submissionRow(c, c.Param("id"))
	if rowErr != nil {
		return rowErr
	}
	if row.Status != record.Pending {
		return err
	}
	return s.submissionPage(c, fault.Status(refused.Code), row, func(in *view.HeldInput) {
		in.Typed, in.Refused, in.Marked = typed, refused.Error(), true
	})
}

// withdraw takes back a county's own file before anybody decided it.
func (s *Server) withdraw(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	if account(c).Role != auth.County {
		return fault.New(fault.Forbidden, "只有填报单位可以撤回自己的文件。", "要让单位改正的，请写明意见后退回。")
	}
	if err := s.deps.Ingest.Withdraw(c.Request.Context(), row.ID, account(c).Login); err != nil {
		return err
	}
	return redirect(c, addressOf(c).Href("/submissions"), "已撤回，可以改正后重新上传")
}

// acceptAll accepts the quarter's waiting files about which nothing needs to be said; the others stay.
func (s *Server) acceptAll(c *gin.Context) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	waiting, err := s.waiting(c, queries.SubmissionFilter{Quarter: a.Quarter})
	if err != nil {
		return err
	}
	done, left := 0, 0
	for _, w := range waiting {
		if !w.Plain {
			left++
			continue
		}
		switch _, err := s.deps.Ingest.Accept(c.Request.Context(), w.Row.ID, nil, account(c).Login); {
		case err == nil:
			done++
		case fault.CodeOf(err) == fault.Invalid || fault.CodeOf(err) == fault.Conflict:
			left++ // what was accepted just now made it one to look at
		default:
			return err
		}
	}
	text := fmt.Sprintf("已受理 %d 份", done)
	if left > 0 {
		text += fmt.Sprintf("，另有 %d 份须逐份处理", left)
	}
	return redirect(c, addressOf(c).Href("/submissions", "period", a.Quarter.String()), text)
}

// waiting lists the files that wait, the oldest first, each with what it needs to be accepted.
func (s *Server) waiting(c *gin.Context, f queries.SubmissionFilter) ([]view.WaitingFile, error) {
	f.Status = record.Pending
	rows, err := s.filesOf(c, f)
	if err != nil {
		return nil, err
	}
	reported, err := s.reported(c.Request.Context())
	if err != nil {
		return nil, err
	}
	issued, err := s.deps.Queries.Documents(c.Request.Context(), queries.DocumentFilter{})
	if err != nil {
		return nil, err
	}
	var out []view.WaitingFile
	for i := len(rows) - 1; i >= 0; i-- {
		p, err := s.deps.Ingest.Judge(c.Request.Context(), rows[i].ID)
		if fault.CodeOf(err) == fault.Conflict {
			continue // decided meanwhile
		}
		if err != nil {
			return nil, err
		}
		w := view.WaitingFile{Row: rows[i], Errors: p.Errors(), Reasons: len(p.Reasons()), Replaces: p.NextVersion - 1, Duplicate: p.IsDuplicate}
		if n := len(reported); n > 0 && reported[n-1].Compare(p.Quarter) > 0 {
			w.Past = true
		}
		for _, d := range issued {
			if q, err := period.ParseQuarter(d.Quarter); err == nil && q.Compare(p.Quarter) >= 0 {
				w.Issued = true
			}
		}
		w.Plain = w.Errors == 0 && w.Reasons == 0 && w.Replaces == 0 && !w.Past && !w.Issued && !w.Duplicate
		out = append(out, w)
	}
	return out, nil
}

// formFields names the columns of the form by the field they hold.
func formFields() view.FormFields {
	out := view.FormFields{}
	for _, sheet := range ingest.Sheets() {
		for _, col := range sheet.Columns {
			out[string(sheet.Table)] = append(out[string(sheet.Table)], view.FormField{Field: col.Field, Head: col.Head})
		}
	}
	return out
}

package dashboard

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/matter"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/queries"
)

// matterNew is the form for opening a matter: of the findings chosen on 问题清单 or on a unit's page, or by hand.
func (s *Server) matterNew(c *gin.Context) error {
	return s.matterNewPage(c, http.StatusOK, c.QueryArray("finding"), record.UnitCode(c.Query("unit")), nil)
}

func (s *Server) matterNewPage(c *gin.Context, status int, chosen []string, unit record.UnitCode, typed *view.MatterTyped) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	in := view.MatterNewInput{
		Address: addressOf(c), Quarter: a.Quarter, Year: a.Year, Today: s.today(), Unit: unit, Chosen: chosen, FileLimit: fileLimitWords,
		Typed: typed, Title: c.PostForm("title"), Assign: c.PostForm("assign") != "" || typed == nil,
	}
	if in.Units, err = s.unitsSeen(c, a.KnownAt); err != nil {
		return err
	}
	if in.Unit == "" && len(chosen) > 0 {
		in.Unit = unitOfFinding(chosen[0])
	}
	if in.Findings, err = s.findingsOf(c, a, in.Unit); err != nil {
		return err
	}
	if in.Live, err = s.deps.Queries.Matters(c.Request.Context(), queries.MatterFilter{Unit: in.Unit}); err != nil {
		return err
	}
	if in.Unit != "" {
		if in.Documents, err = s.deps.Queries.Documents(c.Request.Context(), queries.DocumentFilter{Unit: in.Unit}); err != nil {
			return err
		}
	}
	if in.ReplyDays, err = s.replyDays(c); err != nil {
		return err
	}
	p := view.NewMatterNew(in)
	if typed == nil && c.Query("document") != "" {
		p.Document = c.Query("document")
	}
	return s.render(c, status, "matter_new", p)
}

// findingsOf returns a unit's findings; none where no unit is chosen or it did not exist then.
func (s *Server) findingsOf(c *gin.Context, a queries.AsOf, unit record.UnitCode) ([]queries.Finding, error) {
	if unit == "" {
		return nil, nil
	}
	all, err := s.deps.Queries.UnitFindings(c.Request.Context(), a, unit)
	if fault.CodeOf(err) == fault.NotFound {
		return nil, nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(f queries.Finding) bool { return f.Unit.Code != unit }), err
}

// unitOfFinding is the unit a finding's id names: 2024Q3-990102-overdue.
func unitOfFinding(id string) record.UnitCode {
	_, rest, _ := strings.Cut(id, "-")
	code, _, _ := strings.Cut(rest, "-")
	return record.UnitCode(code)
}

// matterNewPost opens the matter, and gives it to the county at once where that is asked for.
func (s *Server) matterNewPost(c *gin.Context) error {
	if err := parseForm(c); err != nil {
		return err
	}
	defer s.dropForm(c)
	unit, chosen := record.UnitCode(c.PostForm("unit")), c.PostFormArray("finding")
	ids, err := s.openMatter(c, unit, chosen)
	if code := fault.CodeOf(err); code == fault.Invalid || code == fault.Conflict || code == fault.TooLarge {
		typed := typedStep(c, matter.Open)
		typed.Error = err.Error()
		return s.matterNewPage(c, fault.Status(code), chosen, unit, &typed)
	}
	if err != nil {
		return err
	}
	return redirect(c, addressOf(c).Href("/matters/"+ids[0]), "已立项："+ids[0]+"。")
}

func (s *Server) openMatter(c *gin.Context, unit record.UnitCode, chosen []string) ([]string, error) {
	a, err := s.asOf(c)
	if err != nil {
		return nil, err
	}
	units, err := s.unitsSeen(c, a.KnownAt)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(units, func(u record.Unit) bool { return u.Code == unit }) {
		return nil, fault.New(fault.Invalid, "没有选择单位。", "请选择督办哪个单位。")
	}
	o := matter.Opening{MatterOpened: store.MatterOpened{
		Unit: unit, Reporter: matter.ReporterOf(unit, units), Source: string(matter.FromHand), Title: strings.TrimSpace(c.PostForm("title")),
		Words: strings.TrimSpace(c.PostForm("words")), Quarter: a.Quarter, Year: a.Year, Regime: a.Regime.ID,
	}}
	if o.On, err = dateField(c.PostForm("on"), "立项日期"); err != nil {
		return nil, err
	}
	if len(chosen) > 0 {
		o.Source = string(matter.FromFinding)
		findings, err := s.findingsOf(c, a, unit)
		if err != nil {
			return nil, err
		}
		if o.Targets, err = findingTargets(findings, chosen); err != nil {
			return nil, err
		}
		if o.Title == "" {
			o.Title = view.MatterTitle(o.Targets)
		}
	}
	if c.PostForm("assign") != "" {
		mv := matter.Move{Kind: matter.Assign, On: o.On, Document: strings.TrimSpace(c.PostForm("document"))}
		if mv.DueOn, err = dateField(c.PostForm("due_on"), "反馈期限"); err != nil {
			return nil, err
		}
		o.Then = append(o.Then, mv)
	}
	if o.Files, err = s.keepFiles(c); err != nil {
		return nil, err
	}
	return s.loop().Open(c.Request.Context(), actor(c), o)
}

// findingTargets are the findings chosen in the words they have now.
func findingTargets(all []queries.Finding, chosen []string) ([]store.MatterTarget, error) {
	var out []store.MatterTarget
	for _, id := range chosen {
		i := slices.IndexFunc(all, func(f queries.Finding) bool { return f.ID == id })
		if i < 0 {
			return nil, fault.New(fault.Conflict, fmt.Sprintf("问题「%s」已不在问题清单中。", id), "数据可能刚有变动，请核对后重新选择。")
		}
		f := all[i]
		t := store.MatterTarget{
			Finding: f.ID, Rule: f.Rule, RuleName: f.RuleName, Severity: f.Severity, Observed: f.Observed, Required: f.Required,
			ClauseDocument: f.Clause.Document, ClauseNumber: f.Clause.Number, ClauseText: f.Clause.Text, Names: f.Items,
		}
		if len(f.Evidence) > 0 && len(f.Evidence[0].Cells) > 0 {
			t.Submission, t.Sheet, t.Cell = f.Evidence[0].Submission, f.Evidence[0].Sheet, f.Evidence[0].Cells[0]
		}
		out = append(out, t)
	}
	return out, nil
}

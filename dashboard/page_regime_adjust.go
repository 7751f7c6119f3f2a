package dashboard

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
	"liandu/queries"
)

// adjust is the form in which a regime's lines, deadlines, weights and rules are changed. A rule is reached by its anchor.
func (s *Server) adjust(c *gin.Context) error {
	in, err := s.adjustInput(c)
	if err != nil {
		return err
	}
	p := view.NewAdjust(in, in.Base)
	p.Base = sumOf(in.Base, in.From)
	return s.render(c, http.StatusOK, "regime_adjust", p)
}

// adjustPost tries what was typed on the last eight quarters, and writes it down when it is confirmed just as it was
// tried. Whatever is refused comes back with all that was typed.
func (s *Server) adjustPost(c *gin.Context) error {
	in, err := s.adjustInput(c)
	if err != nil {
		return err
	}
	draft, refusals := in.Read()
	if len(refusals) == 0 {
		refusals = draftRefusals(in.Base, draft)
	}
	p := view.NewAdjust(in, draft)
	p.Base = sumOf(in.Base, in.From)
	if c.PostForm("base") != p.Base && c.PostForm("base") != "" {
		p.Warning = fmt.Sprintf("%s的现行内容与打开本页时不同（换了施行季度，或刚才另有调整），「现行」一栏已更新，请核对。", in.From.Chinese())
	}
	if len(refusals) > 0 {
		p.Refusals = refusals
		return s.render(c, http.StatusUnprocessableEntity, "regime_adjust", p)
	}
	tried := sumOf(draft, in.From)
	if c.PostForm("act") == "confirm" && c.PostForm("tried") == tried && p.Warning == "" {
		err := s.deps.Rules.Change(c.Request.Context(), draft, in.From.First(), in.Base, s.decision(c))
		if err == nil {
			return redirect(c, p.Back+"#history", fmt.Sprintf("已启用，自%s起施行，记入调整记录。", in.From.Chinese()))
		}
		if code := fault.CodeOf(err); code != fault.Invalid && code != fault.Conflict {
			return err
		}
		p.Refusals = []string{err.Error()}
	} else if c.PostForm("act") == "confirm" && p.Warning == "" {
		p.Warning = "试算之后又有改动，没有启用。下面是现在这些数的试算结果，请核对后再确认。"
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return err
	}
	if p.Trial, err = s.trial(c, draft.ID, false, func(q period.Quarter) (*regime.Regime, error) {
		return book.Judging(draft, q.Last(), time.Time{}), nil
	}); err != nil {
		return err
	}
	p.Tried = tried
	if later := laterChange(book, draft.ID, in.From); later != "" && p.Warning == "" {
		p.Warning = later
	}
	status := http.StatusOK
	if len(p.Refusals) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.render(c, status, "regime_adjust", p)
}

// adjustInput reads which regime is changed and from when.
func (s *Server) adjustInput(c *gin.Context) (view.AdjustInput, error) {
	in := view.AdjustInput{Address: addressOf(c)}
	var err error
	if in.Choices, in.From, err = s.startQuarters(c); err != nil {
		return in, err
	}
	if c.Request.Method == http.MethodPost {
		if err := c.Request.ParseForm(); err != nil {
			return in, fault.Wrap(fault.Invalid, "表单没有传完整。", "请重新提交。", err)
		}
		in.Typed = c.Request.PostForm
	}
	id := c.Query("regime")
	if id == "" {
		id = c.PostForm("regime")
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return in, err
	}
	if in.Base, err = book.Version(id, in.From.First(), time.Time{}); err != nil {
		return in, err
	}
	in.Address.Regime = in.Base.ID
	return in, nil
}

// startQuarters are the quarters a change may hold from, the latest first, and the one chosen: that of the form, else the
// one after the last reported.
func (s *Server) startQuarters(c *gin.Context) ([]period.Quarter, period.Quarter, error) {
	last, err := s.lastQuarter(c.Request.Context())
	if err != nil {
		return nil, last, err
	}
	var all []period.Quarter
	for i := 4; i > -view.TrialQuarters; i-- {
		all = append(all, last.Add(i))
	}
	chosen := last.Add(1)
	if text := c.PostForm("from"); text != "" {
		if chosen, err = period.ParseQuarter(text); err != nil {
			return nil, last, fault.Wrap(fault.Usage, fmt.Sprintf("施行季度「%s」无法识别。", text), "请写成 2024Q3 这样的格式。", err)
		}
	}
	return all, chosen, nil
}

// trial judges the last eight quarters under other rules. follows says that what is in force is the regime the city
// follows in each quarter, else it is the one of that id.
func (s *Server) trial(c *gin.Context, id string, follows bool, tried func(period.Quarter) (*regime.Regime, error)) (*view.Trial, error) {
	ctx := c.Request.Context()
	last, err := s.lastQuarter(ctx)
	if err != nil {
		return nil, err
	}
	quarters, err := s.quarters(ctx)
	if err != nil {
		return nil, err
	}
	if follows {
		id = ""
	}
	a := queries.AsOf{Quarter: last, FollowsCity: follows}
	if a.Regime, err = s.deps.Rules.Regime(ctx, id, last, time.Time{}); err != nil {
		return nil, err
	}
	t, err := s.deps.Queries.Trial(ctx, a, view.TrialQuarters, quarters[0], tried)
	if err != nil {
		return nil, err
	}
	p := view.NewTrial(t, view.Address{})
	return &p, nil
}

func (s *Server) decision(c *gin.Context) rulebook.Decision {
	return rulebook.Decision{Reason: c.PostForm("reason"), Document: c.PostForm("document"), Actor: account(c).Login}
}

// draftRefusals is everything that keeps a draft from being tried.
func draftRefusals(base, draft *regime.Regime) []string {
	var out []string
	for _, issue := range regime.Check(draft) {
		out = append(out, issue.Message+issue.Hint)
	}
	if sum := view.WeightRefusal(draft); sum != "" && view.WeightSum(draft) != view.WeightSum(base) {
		out = append(out, sum)
	}
	if len(out) == 0 && rulebook.Same(base, draft) {
		out = append(out, "没有改动。请先改动分数线、期限、权重或规则，再试算。")
	}
	return out
}

// laterChange says that a change holds only until one already recorded for a later quarter.
func laterChange(book *rulebook.Book, id string, from period.Quarter) string {
	for _, l := range book.Lines(time.Time{}) {
		if l.Kind == rulebook.Changed && l.ID == id && l.From.After(from.Last()) {
			return fmt.Sprintf("自%s起另有已登记的调整，本次调整只管到它的前一季度。", period.QuarterOf(l.From).Chinese())
		}
	}
	return ""
}

// sumOf names a version and the quarter it is to hold from, to see that what is confirmed is what was tried.
func sumOf(r *regime.Regime, from period.Quarter) string {
	h := sha256.Sum256(append(regime.Write(r), from.String()...))
	return hex.EncodeToString(h[:8])
}

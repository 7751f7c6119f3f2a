package dashboard

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/regime"
)

// suspend is the form in which one rule is suspended with its reason and end, or resumed.
func (s *Server) suspend(c *gin.Context) error {
	in, err := s.suspendInput(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "regime_suspend", view.NewSuspend(in))
}

// suspendPost tries or writes down a suspension, or ends one.
func (s *Server) suspendPost(c *gin.Context) error {
	in, err := s.suspendInput(c)
	if err != nil {
		return err
	}
	p := view.NewSuspend(in)
	from, ctx := in.From.First(), c.Request.Context()
	if c.PostForm("act") == "resume" {
		err = s.deps.Rules.Resume(ctx, in.Regime.ID, in.Rule.ID, from, s.decision(c))
		return s.suspended(c, p, err, fmt.Sprintf("「%s」自%s起恢复执行。", p.Name, in.From.Chinese()))
	}
	until, err := lastDay(c.PostForm("until"))
	if err == nil && c.PostForm("act") == "confirm" {
		err = s.deps.Rules.Suspend(ctx, in.Regime.ID, in.Rule.ID, from, until, s.decision(c))
		return s.suspended(c, p, err, fmt.Sprintf("「%s」自%s起暂停执行，至%s，到期自动恢复。", p.Name, in.From.Chinese(), until.Chinese()))
	}
	if err != nil {
		return s.suspended(c, p, err, "")
	}
	book, err := s.deps.Rules.Book(ctx)
	if err != nil {
		return err
	}
	// As if it had been suspended all the time: what the rule's absence does, not when.
	left := []regime.Suspension{{Rule: in.Rule.ID, From: from, Until: until, Reason: p.Reason}}
	if p.Trial, err = s.trial(c, in.Regime.ID, false, func(q period.Quarter) (*regime.Regime, error) {
		r, err := book.At(in.Regime.ID, q.Last(), time.Time{})
		if err != nil {
			return nil, err
		}
		return r.Suspend(left), nil
	}); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "regime_suspend", p)
}

// suspended answers a change of a suspension: back to the rules, or the form with what was typed and why it was refused.
func (s *Server) suspended(c *gin.Context, p view.Suspend, err error, done string) error {
	if err == nil {
		return redirect(c, p.Back+"#history", done)
	}
	code := fault.CodeOf(err)
	if code != fault.Invalid && code != fault.Conflict && code != fault.Usage {
		return err
	}
	p.Refusals = []string{err.Error()}
	return s.render(c, http.StatusUnprocessableEntity, "regime_suspend", p)
}

func (s *Server) suspendInput(c *gin.Context) (view.SuspendInput, error) {
	in := view.SuspendInput{Address: addressOf(c), Reason: c.PostForm("reason"), Document: c.PostForm("document"), Until: c.PostForm("until")}
	var err error
	if in.Choices, in.From, err = s.startQuarters(c); err != nil {
		return in, err
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return in, err
	}
	if in.Regime, err = book.Version(c.Query("regime"), in.From.First(), time.Time{}); err != nil {
		return in, err
	}
	rule, ok := in.Regime.Rule(c.Query("rule"))
	if !ok {
		return in, fault.New(fault.NotFound, fmt.Sprintf("制度「%s」没有规则「%s」。", in.Regime.Name, c.Query("rule")), "请在「制度规则」页选择规则。")
	}
	in.Rule = rule
	in.Address.Regime = in.Regime.ID
	in.History = view.RuleHistory(book, time.Time{})
	for _, l := range book.Lines(time.Time{}) {
		if l.ID == in.Regime.ID && l.Rule == rule.ID {
			in.Lines = append(in.Lines, strconv.FormatInt(l.Seq, 10))
		}
	}
	return in, nil
}

// lastDay reads 2025Q2 or a day.
func lastDay(text string) (period.Date, error) {
	text = strings.TrimSpace(text)
	if q, err := period.ParseQuarter(text); err == nil {
		return q.Last(), nil
	}
	d, err := period.ParseDate(text)
	if err != nil || d.IsZero() {
		return d, fault.New(fault.Invalid, fmt.Sprintf("截止时间「%s」无法识别。", text), "请写成 2025-06-30 这样的日期，或 2025Q2 这样的季度。")
	}
	return d, nil
}

// revert takes a recorded change back by a new line.
func (s *Server) revert(c *gin.Context) error {
	back := addressOf(c).Href("/regimes#history")
	seq, err := strconv.ParseInt(c.PostForm("seq"), 10, 64)
	if err != nil {
		return fault.New(fault.Usage, "没有指明要撤销哪一次调整。", "请在「制度规则」页的调整记录中选择。")
	}
	if err := s.deps.Rules.Revert(c.Request.Context(), seq, s.decision(c)); err != nil {
		return err
	}
	return redirect(c, back, fmt.Sprintf("已撤销第 %d 号调整，记入调整记录。", seq))
}

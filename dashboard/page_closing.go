package dashboard

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/matter"
	"liandu/internal/store"
	"liandu/queries"
)

// closing is 复核销号: items that counties report as done, many at once.
func (s *Server) closing(c *gin.Context) error {
	return s.closingPage(c, http.StatusOK, view.MatterTyped{})
}

func (s *Server) closingPage(c *gin.Context, status int, typed view.MatterTyped) error {
	now, err := s.now(c)
	if err != nil {
		return err
	}
	in := view.ClosingInput{
		Address: addressOf(c), Now: now, Unit: c.Query("unit"), Today: s.today(), Who: actor(c), Typed: typed, Files: fileLimitWords,
		Picked: c.PostFormArray("pick"),
	}
	if in.Items, err = s.deps.Queries.Resolutions(c.Request.Context(), now.AsOf, ""); err != nil {
		return err
	}
	if in.Units, err = s.unitsSeen(c, now.AsOf.KnownAt); err != nil {
		return err
	}
	if in.Matters, err = s.deps.Queries.Matters(c.Request.Context(), queries.MatterFilter{}); err != nil {
		return err
	}
	if in.Names, err = s.accountNames(c.Request.Context()); err != nil {
		return err
	}
	return s.render(c, status, "closing", view.NewClosing(in))
}

// closingCheck passes the items chosen: each becomes a matter, opened and checked in one change.
func (s *Server) closingCheck(c *gin.Context) error {
	return s.closingPost(c, matter.Check, func(mv matter.Move, items []string, moves []matter.Move) error {
		for i := range moves {
			moves[i].Kind, moves[i].On, moves[i].Words, moves[i].Files = mv.Kind, mv.On, mv.Words, mv.Files
		}
		openings, err := s.itemOpenings(c, items, mv)
		if err != nil {
			return err
		}
		_, err = s.loop().OpenAndTake(c.Request.Context(), actor(c), openings, moves)
		return err
	})
}

// closingClose closes the items chosen: 销号 by somebody other than who checked them.
func (s *Server) closingClose(c *gin.Context) error {
	return s.closingPost(c, matter.Close, func(mv matter.Move, items []string, moves []matter.Move) error {
		if len(items) > 0 {
			return fault.New(fault.Conflict, "所选事项还没有复核。", "请先复核，再由另一人销号。")
		}
		for i := range moves {
			moves[i].Kind, moves[i].On, moves[i].Words, moves[i].Files = mv.Kind, mv.On, mv.Words, mv.Files
		}
		if err := s.stillClaimed(c, moves); err != nil {
			return err
		}
		return s.loop().Take(c.Request.Context(), actor(c), moves...)
	})
}

// closingPost reads the form of the page: what was chosen are items, and matters with the version that was shown.
func (s *Server) closingPost(c *gin.Context, kind matter.Kind, take func(matter.Move, []string, []matter.Move) error) error {
	if err := parseForm(c); err != nil {
		return err
	}
	defer s.dropForm(c)
	typed := typedStep(c, kind)
	n, err := s.closingTake(c, kind, typed, take)
	switch code := fault.CodeOf(err); {
	case err == nil:
		return redirect(c, addressOf(c).Href("/closing", "unit", c.Query("unit")), fmt.Sprintf("已%s %d 项。", map[matter.Kind]string{matter.Check: "复核", matter.Close: "销号"}[kind], n))
	case code == fault.Forbidden:
		return s.refuseStep(c, err)
	case code == "" || code == fault.NoSpace:
		return err
	default:
		typed.Error = err.Error()
		return s.closingPage(c, fault.Status(code), typed)
	}
}

func (s *Server) closingTake(c *gin.Context, kind matter.Kind, typed view.MatterTyped, take func(matter.Move, []string, []matter.Move) error) (int, error) {
	chosen := c.PostFormArray("pick")
	slices.Sort(chosen)
	chosen = slices.Compact(chosen)
	if len(chosen) == 0 {
		return 0, fault.New(fault.Invalid, "没有勾选事项。", "请勾选一项或多项后再提交。")
	}
	if len(chosen) > matter.MaxTarget {
		return 0, fault.New(fault.Invalid, fmt.Sprintf("一次最多办理 %d 项，所选 %d 项。", matter.MaxTarget, len(chosen)), "请按单位分几次办理。")
	}
	mv := matter.Move{Kind: kind, Words: typed.Words}
	var err error
	if mv.On, err = dateField(typed.On, kind.Chinese()+"日期"); err != nil {
		return 0, err
	}
	var items []string
	var moves []matter.Move
	for _, v := range chosen {
		id, version, ok := strings.Cut(v, "|")
		if n, err := strconv.ParseInt(version, 10, 64); ok && err == nil && strings.HasPrefix(id, "M") {
			moves = append(moves, matter.Move{Matter: id, Version: n})
			continue
		}
		items = append(items, v)
	}
	if mv.Files, err = s.keepFiles(c); err != nil {
		return 0, err
	}
	return len(chosen), take(mv, items, moves)
}

// itemOpenings makes a matter of each item chosen, which must still be reported as done and not closed.
func (s *Server) itemOpenings(c *gin.Context, keys []string, mv matter.Move) ([]matter.Opening, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	now, err := s.now(c)
	if err != nil {
		return nil, err
	}
	rows, err := s.deps.Queries.Resolutions(c.Request.Context(), now.AsOf, "")
	if err != nil {
		return nil, err
	}
	units, err := s.unitsSeen(c, now.AsOf.KnownAt)
	if err != nil {
		return nil, err
	}
	byKey := map[string]queries.ResolutionRow{}
	for _, r := range rows {
		byKey[view.ClosingKey(r)] = r
	}
	var out []matter.Opening
	for _, key := range keys {
		r, ok := byKey[key]
		if !ok || r.State != queries.StateCompleted || !r.ClosedOn.IsZero() {
			return nil, fault.New(fault.Conflict, fmt.Sprintf("所选的「%s」现在不是待复核的事项。", first(r.Title, key)), "数据可能刚有变动，请核对后重新勾选。")
		}
		check := mv
		check.Kind = matter.Check
		out = append(out, matter.Opening{
			MatterOpened: store.MatterOpened{
				Unit: r.Unit, Reporter: matter.ReporterOf(r.Unit, units), Source: string(matter.FromItem), Title: cutTitle(r.Title),
				Quarter: now.AsOf.Quarter, Year: now.AsOf.Year, Regime: now.AsOf.Regime.ID, On: mv.On,
				Targets: []store.MatterTarget{{
					SessionYear: r.SessionYear, MeetingKind: r.Kind, ItemKey: r.ItemKey, ItemTitle: r.Title, Submission: r.Submission,
					Sheet: r.Source.Sheet, Cell: first(r.Source.Cells["status"], r.Source.Cells["title"]),
				}},
			},
			Then: []matter.Move{check},
		})
	}
	return out, nil
}

// cutTitle bounds an item's title to what a matter's may have.
func cutTitle(title string) string {
	if r := []rune(title); len(r) > matter.MaxTitle {
		return string(r[:matter.MaxTitle-1]) + "…"
	}
	return title
}

// stillClaimed refuses the closing of items that the latest report does not say are done.
func (s *Server) stillClaimed(c *gin.Context, moves []matter.Move) error {
	a, err := s.asOf(c)
	if err != nil {
		return err
	}
	a.Quarter, a.Year, a.KnownAt = s.running(), s.running().Year, s.deps.Now()
	a.Deadline = queries.AsOf{}.Deadline
	rows, err := s.deps.Queries.Resolutions(c.Request.Context(), a, "")
	if err != nil {
		return err
	}
	for _, mv := range moves {
		m, err := s.deps.Queries.Matter(c.Request.Context(), mv.Matter, account(c).Scope())
		if err != nil {
			return err
		}
		for _, t := range m.Items() {
			if err := queries.ClaimOf(rows, m, t); err != nil {
				return err
			}
		}
	}
	return nil
}

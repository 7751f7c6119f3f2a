package dashboard

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liandu/dashboard/view"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/regime"
	"liandu/internal/setting"
	"liandu/queries"
)

// contextNames are the parameters of the context, the same on every page and in the JSON interface.
var contextNames = []string{"period", "year", "regime", "level", "cohort", "known_at"}

// contextBar is the 口径栏: five selectors and the moment up to which submissions count.
type contextBar struct {
	Path    string
	Fields  []selector
	Keep    []view.Field // the page's own parameters, which a change of context leaves
	History string       // 「2024-10-20 08:00」 when a past moment is looked at
	Now     string       // address of the same page now
	KnownAt string       // as the address has it
	Moment  string       // the same for the field of the form
	Line    string       // the whole as one line, for paper

	Suspended []string // marks of the rules suspended in the quarter looked at
}

type selector struct {
	Name    string
	Label   string
	Options []option
}

type option struct {
	Value    string
	Text     string
	Selected bool
}

// asOf reads the context of a request: the parameters of interface.md, `as_of` being another name for `period`. What is
// left out has its default; the scope comes from the account alone. It returns fault.Usage for what cannot be read.
func (s *Server) asOf(c *gin.Context) (queries.AsOf, error) {
	var (
		a   queries.AsOf
		err error
	)
	if a.Quarter, err = s.quarter(c); err != nil {
		return a, err
	}
	if a.Year, err = year(c.Query("year"), a.Quarter); err != nil {
		return a, err
	}
	if a.KnownAt, err = knownAt(c.Query("known_at")); err != nil {
		return a, err
	}
	a.FollowsCity = c.Query("regime") == ""
	if a.Regime, err = s.deps.Rules.Regime(c.Request.Context(), c.Query("regime"), a.Quarter, a.KnownAt); err != nil {
		return a, err
	}
	settings, err := setting.Load(c.Request.Context(), s.deps.Store.DB(), a.KnownAt)
	if err != nil {
		return a, err
	}
	if d, ok := settings.Deadline(a.Year); ok {
		a.Deadline = d.On
	}
	if a.Cohort, err = queries.ParseCohort(c.Query("cohort")); err != nil {
		return a, err
	}
	if a.Level, err = level(c.Query("level"), a.Regime); err != nil {
		return a, err
	}
	a.Scope = account(c).Scope()
	return a, nil
}

func (s *Server) quarter(c *gin.Context) (period.Quarter, error) {
	text := c.Query("period")
	if text == "" {
		text = c.Query("as_of")
	}
	if text == "" {
		return s.lastQuarter(c.Request.Context())
	}
	q, err := period.ParseQuarter(text)
	if err != nil {
		return q, fault.Wrap(fault.Usage, fmt.Sprintf("报告期「%s」无法识别。", text), "请写成 2024Q3 这样的格式。", err)
	}
	return q, nil
}

func year(text string, q period.Quarter) (int, error) {
	if text == "" {
		return q.Year, nil
	}
	y, err := strconv.Atoi(text)
	if err != nil || y < 1950 || y > 2150 {
		return 0, fault.New(fault.Usage, fmt.Sprintf("会议年度「%s」无法识别。", text), "请写成 2024 这样的四位数字。")
	}
	return y, nil
}

// knownAt reads a moment; without an offset it is Asia/Shanghai, a day is its 00:00 (metrics.md, Time).
func knownAt(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(form, text, period.Shanghai); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fault.New(fault.Usage, fmt.Sprintf("时点「%s」无法识别。", text), "请写成 2024-10-20 或 2024-10-20T08:00 这样的格式。")
}

func level(text string, r *regime.Regime) (record.Level, error) {
	if text == "" {
		return r.DefaultLevel(), nil
	}
	if l := record.Level(text); l.Chinese() != "" {
		return l, nil
	}
	return "", fault.New(fault.Usage, fmt.Sprintf("层级「%s」无法识别。", text), "请写 city、county、township、zone 或 industry。")
}

// addressOf is the context as the request's address has it, for the page's links: what was not said stays unsaid.
func addressOf(c *gin.Context) view.Address {
	return view.Address{
		Period: c.Query("period"), Year: c.Query("year"), Regime: c.Query("regime"), Level: c.Query("level"),
		Cohort: c.Query("cohort"), KnownAt: c.Query("known_at"),
	}
}

func (s *Server) contextBar(c *gin.Context) (*contextBar, error) {
	a, err := s.asOf(c)
	if err != nil {
		return nil, err
	}
	quarters, err := s.quarters(c.Request.Context())
	if err != nil {
		return nil, err
	}
	book, err := s.deps.Rules.Book(c.Request.Context())
	if err != nil {
		return nil, err
	}
	b := &contextBar{Path: c.Request.URL.Path, KnownAt: c.Query("known_at")}
	b.Fields = []selector{
		{"period", "报告期", quarterOptions(quarters, a.Quarter)},
		{"year", "会议年度", yearOptions(quarters, a)},
		{"regime", "制度", regimeOptions(book.All(a.Quarter.Last(), a.KnownAt), a.Regime)},
		{"level", "层级", levelOptions(a)},
		{"cohort", "事项口径", cohortOptions(quarters, a)},
	}
	moment := s.deps.Now()
	if !a.KnownAt.IsZero() {
		moment = a.KnownAt
		b.Moment = a.KnownAt.In(period.Shanghai).Format("2006-01-02T15:04")
		b.History, b.Now = minute(a.KnownAt), addressOf(c).Href(b.Path, "known_at", "")
	}
	for name, values := range c.Request.URL.Query() {
		if !slices.Contains(contextNames, name) && len(values) > 0 && values[0] != "" {
			b.Keep = append(b.Keep, view.Field{Name: name, Value: values[0]})
		}
	}
	slices.SortFunc(b.Keep, func(x, y view.Field) int { return strings.Compare(x.Name, y.Name) })
	b.Line = fmt.Sprintf("报告期 %s（截至 %s）　会议年度 %d　制度 %s　层级 %s　事项口径 %s　数据 %s", a.Quarter.Chinese(),
		a.Quarter.Last().Chinese(), a.Year, a.Regime.Name, a.Level.Chinese(), cohortName(a.Cohort), minute(moment))
	b.Suspended = a.Regime.SuspensionNotes()
	for _, note := range b.Suspended {
		b.Line += "　" + note
	}
	return b, nil
}

func quarterOptions(quarters []period.Quarter, chosen period.Quarter) []option {
	if !slices.Contains(quarters, chosen) {
		quarters = append(slices.Clone(quarters), chosen)
		slices.SortFunc(quarters, period.Quarter.Compare)
	}
	var list []option
	for _, q := range slices.Backward(quarters) {
		list = append(list, option{q.String(), q.Chinese(), q == chosen})
	}
	return list
}

func yearOptions(quarters []period.Quarter, a queries.AsOf) []option {
	years := []int{a.Year, a.Quarter.Year}
	for _, q := range quarters {
		years = append(years, q.Year)
	}
	slices.Sort(years)
	var list []option
	for _, y := range slices.Backward(slices.Compact(years)) {
		list = append(list, option{strconv.Itoa(y), strconv.Itoa(y), y == a.Year})
	}
	return list
}

func regimeOptions(all []*regime.Regime, chosen *regime.Regime) []option {
	var list []option
	for _, r := range all {
		list = append(list, option{r.ID, r.Name, r.ID == chosen.ID})
	}
	return list
}

func levelOptions(a queries.AsOf) []option {
	var list []option
	for _, l := range record.Levels {
		if a.Regime.Obliges(l) || l == a.Level {
			list = append(list, option{string(l), l.Chinese(), l == a.Level})
		}
	}
	return list
}

func cohortOptions(quarters []period.Quarter, a queries.AsOf) []option {
	list := []option{{"active", cohortName(queries.Cohort{}), a.Cohort.Session == 0}}
	for _, y := range yearOptions(quarters, a) {
		session, err := queries.ParseCohort("session:" + y.Value)
		if err == nil {
			list = append(list, option{session.String(), cohortName(session), session == a.Cohort})
		}
	}
	return list
}

func cohortName(x queries.Cohort) string {
	if x.Session == 0 {
		return "在办（含往年结转）"
	}
	return strconv.Itoa(x.Session) + " 届次"
}

func minute(t time.Time) string { return t.In(period.Shanghai).Format("2006-01-02 15:04") }

// health says that the site answers.
func (s *Server) health(c *gin.Context) error {
	c.JSON(http.StatusOK, map[string]string{"status": "ok"})
	return nil
}

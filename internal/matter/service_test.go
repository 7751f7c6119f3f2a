package matter_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"liandu/internal/fault"
	"liandu/internal/journal"
	"liandu/internal/matter"
	"liandu/internal/period"
	"liandu/internal/record"
	"liandu/internal/store"
	"liandu/internal/testkit"
)

var (
	an     = matter.Actor{Login: "an", Officer: true}
	bo     = matter.Actor{Login: "bo", Officer: true}
	county = matter.Actor{Login: "donghu", Unit: "990102"}
)

func service(t *testing.T) (*matter.Service, *store.Store) {
	t.Helper()
	s := testkit.OpenStore(t, nil)
	return &matter.Service{Store: s, Now: func() time.Time { return time.Date(2025, 1, 14, 9, 0, 0, 0, period.Shanghai) }}, s
}

func item(n string) store.MatterTarget {
	return store.MatterTarget{SessionYear: 2024, MeetingKind: record.KindAnnual, ItemKey: "n:" + n, ItemTitle: "事项" + n, Names: []string{"甲", "乙"}}
}

func opening(change ...func(*matter.Opening)) matter.Opening {
	o := matter.Opening{MatterOpened: store.MatterOpened{
		Unit: "990102", Reporter: "990102", Source: "finding", Title: "年度会议未召开", Quarter: period.MustQuarter("2024Q4"), Year: 2024,
		Regime: "qinhuangdao-2024", Targets: []store.MatterTarget{{Finding: "2024Q4-990102-annual_meeting", Rule: "annual_meeting", RuleName: "年度会议"}},
	}}
	for _, c := range change {
		c(&o)
	}
	return o
}

func get(t *testing.T, s *store.Store, id string) *matter.Matter {
	t.Helper()
	all, err := matter.Load(t.Context(), s.DB(), period.MustDate("2025-01-14"), time.Time{})
	i := slices.IndexFunc(all, func(m *matter.Matter) bool { return m.ID == id })
	if err != nil || i < 0 {
		t.Fatalf("load %s of %d matters, %v", id, len(all), err)
	}
	return all[i]
}

func take(t *testing.T, svc *matter.Service, who matter.Actor, id string, k matter.Kind, change ...func(*matter.Move)) error {
	t.Helper()
	mv := matter.Move{Matter: id, Version: get(t, svc.Store, id).Version, Kind: k, Words: "已办", Person: "王某", DueOn: period.MustDate("2025-02-10")}
	for _, c := range change {
		c(&mv)
	}
	return svc.Take(t.Context(), who, mv)
}

func closings(t *testing.T, s *store.Store) (n, withdrawn int) {
	t.Helper()
	err := s.DB().QueryRow("select count(*), coalesce(count(*) filter (is_withdrawn), 0) from d.closing").Scan(&n, &withdrawn)
	if err != nil {
		t.Fatal(err)
	}
	return n, withdrawn
}

func TestWalkSurvivesARebuild(t *testing.T) {
	t.Parallel()
	svc, s := service(t)
	sum, err := s.Blobs().PutBytes([]byte("纪要"))
	if err != nil {
		t.Fatal(err)
	}
	ids, err := svc.Open(t.Context(), an, opening(func(o *matter.Opening) { o.Targets = append(o.Targets, item("3")) }))
	if err != nil || len(ids) != 1 || ids[0] != "M1" {
		t.Fatalf("open = %v, %v", ids, err)
	}
	files := []store.MatterFile{{Name: "纪要.docx", SHA256: sum, Size: 6}}
	for _, step := range []struct {
		who  matter.Actor
		kind matter.Kind
	}{{an, matter.Assign}, {county, matter.Receive}, {county, matter.Reply}, {an, matter.Check}} {
		if err := take(t, svc, step.who, "M1", step.kind, func(m *matter.Move) { m.Files = files }); err != nil {
			t.Fatalf("%s: %v", step.kind, err)
		}
	}
	if err := take(t, svc, an, "M1", matter.Close); fault.CodeOf(err) != fault.Forbidden || !strings.Contains(err.Error(), "须由另一人办理") {
		t.Errorf("closing what one checked oneself = %v", err)
	}
	if err := take(t, svc, bo, "M1", matter.Close); err != nil {
		t.Fatal(err)
	}
	if n, w := closings(t, s); n != 1 || w != 0 {
		t.Errorf("%d closings, %d withdrawn, want 1 and 0", n, w)
	}
	before := get(t, s, "M1")
	if before.State != matter.Closed || before.Closer != "bo" || len(before.Steps) != 6 || before.Steps[3].Files[0] != files[0] || len(before.Targets[1].Names) != 2 {
		t.Errorf("closed matter is %+v", before)
	}
	if r, err := s.Verify(t.Context()); err != nil || len(r.Troubles) > 0 || r.Rows["matter_step"] != 6 || r.Rows["matter_file"] != 4 {
		t.Errorf("verify = %+v, %v", r, err)
	}
	if err := take(t, svc, an, "M1", matter.Reopen); err != nil {
		t.Fatal(err)
	}
	if n, w := closings(t, s); n != 2 || w != 1 {
		t.Errorf("after the withdrawal %d closings, %d withdrawn", n, w)
	}
	// As it was known before the last step, and after a rebuild from the journal alone.
	if past, err := matter.Load(t.Context(), s.DB(), period.MustDate("2025-01-14"), before.Steps[0].At.Add(-time.Second)); err != nil || len(past) != 0 {
		t.Errorf("before it was opened = %v, %v", past, err)
	}
	now := get(t, s, "M1")
	backup := t.TempDir() + "/b.tar.gz"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir() + "/again"
	if r, err := store.Restore(context.Background(), backup, dir, store.Options{}); err != nil || len(r.Troubles) > 0 {
		t.Fatalf("restore = %+v, %v", r, err)
	}
	again, err := store.Open(context.Background(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if diff := cmp.Diff(now, get(t, again, "M1"), cmp.AllowUnexported(period.Date{})); diff != "" {
		t.Errorf("after the restore (-before +after):\n%s", diff)
	}
}

func TestNothingIsOpenedTwice(t *testing.T) {
	t.Parallel()
	svc, s := service(t)
	if _, err := svc.Open(t.Context(), county, opening()); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a county opens = %v", err)
	}
	if _, err := svc.Open(t.Context(), an, opening()); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		change func(*matter.Opening)
		code   fault.Code
	}{
		"the same rule and year":        {func(*matter.Opening) {}, fault.Conflict},
		"the same rule in another year": {func(o *matter.Opening) { o.Year = 2025 }, ""},
		"the same rule of another unit": {func(o *matter.Opening) { o.Unit = "990103" }, ""},
		"without a title":               {func(o *matter.Opening) { o.Title = " " }, fault.Invalid},
		"by hand without a reason":      {func(o *matter.Opening) { o.Source, o.Targets = "hand", nil }, fault.Invalid},
		"by hand with one":              {func(o *matter.Opening) { o.Source, o.Targets, o.Words = "hand", nil, "领导批示" }, ""},
		"nothing chosen":                {func(o *matter.Opening) { o.Targets = nil }, fault.Invalid},
		"tomorrow":                      {func(o *matter.Opening) { o.On = period.MustDate("2025-01-15") }, fault.Invalid},
		"no unit":                       {func(o *matter.Opening) { o.Unit = "" }, fault.Invalid},
	} {
		if _, err := svc.Open(t.Context(), an, opening(tc.change)); fault.CodeOf(err) != tc.code {
			t.Errorf("%s = %v, want %q", name, err, tc.code)
		}
	}
	one := opening(func(o *matter.Opening) {
		o.Source, o.Targets, o.Then = "item", []store.MatterTarget{item("9")}, []matter.Move{{Kind: matter.Check}}
	})
	before := s.Version()
	if _, err := svc.Open(t.Context(), an, one, one); fault.CodeOf(err) != fault.Conflict || s.Version() != before {
		t.Errorf("one item twice in one change = %v, version %d → %d", err, before, s.Version())
	}
	ids, err := svc.Open(t.Context(), an, one)
	if err != nil {
		t.Fatal(err)
	}
	if m := get(t, s, ids[0]); m.State != matter.Checked || m.Checker != "an" {
		t.Errorf("an item opened and checked is %s by %s", m.State, m.Checker)
	}
	if _, err := svc.Open(t.Context(), bo, one); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("an item that is followed already = %v", err)
	}
	if err := take(t, svc, bo, ids[0], matter.Close); err != nil {
		t.Fatal(err)
	}
	other, err := svc.Open(t.Context(), bo, one)
	if err != nil {
		t.Fatalf("an item closed before, again: %v", err)
	}
	if err := take(t, svc, an, ids[0], matter.Reopen); fault.CodeOf(err) != fault.Conflict || !strings.Contains(err.Error(), other[0]) {
		t.Errorf("reopening beside a live one = %v", err)
	}
}

// TestOneOfTwoAtOnce: two people press at the same time; one step is taken, the other person is told.
func TestOneOfTwoAtOnce(t *testing.T) {
	t.Parallel()
	svc, s := service(t)
	ids, err := svc.Open(t.Context(), an, opening())
	if err != nil {
		t.Fatal(err)
	}
	m := get(t, s, ids[0])
	var wait sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wait.Go(func() {
			errs[i] = svc.Take(context.Background(), an, matter.Move{Matter: m.ID, Version: m.Version, Kind: matter.Assign, DueOn: period.MustDate("2025-02-10")})
		})
	}
	wait.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case fault.CodeOf(err) != fault.Conflict:
			t.Errorf("the others = %v, want a conflict", err)
		}
	}
	if won != 1 || len(get(t, s, ids[0]).Steps) != 2 {
		t.Errorf("%d of 8 assigned it, %d steps", won, len(get(t, s, ids[0]).Steps))
	}
	if err := svc.Take(t.Context(), an, matter.Move{Matter: "M99", Kind: matter.Assign}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an unknown matter = %v", err)
	}
	// All or none: the second one is refused, so the first is not taken either.
	before := s.Version()
	err = svc.Take(t.Context(), an,
		matter.Move{Matter: m.ID, Version: get(t, s, m.ID).Version, Kind: matter.Receive, Person: "王某"},
		matter.Move{Matter: "M99", Kind: matter.Close})
	if err == nil || s.Version() != before {
		t.Errorf("a batch with a bad step = %v, version %d → %d", err, before, s.Version())
	}
}

// TestFilesAreNamedByTheirLine: verify misses a file that a step names.
func TestFilesAreNamedByTheirLine(t *testing.T) {
	t.Parallel()
	svc, s := service(t)
	_, err := svc.Open(t.Context(), an, opening(func(o *matter.Opening) {
		o.Files = []store.MatterFile{{Name: "x.pdf", SHA256: strings.Repeat("0", 64), Size: 1}}
	}))
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Verify(t.Context())
	if err != nil || len(r.Troubles) != 1 || !strings.Contains(r.Troubles[0], "不存在") {
		t.Errorf("verify with a missing file = %+v, %v", r, err)
	}
	var n int
	if err := s.DB().QueryRow("select count(*) from d.matter_file").Scan(&n); err != nil && !errors.Is(err, sql.ErrNoRows) || n != 1 {
		t.Errorf("%d files, %v", n, err)
	}
}

// A form sent twice opens one matter; another name, another unit and a closed one are another matter.
func TestOpeningByHandIsNotRepeated(t *testing.T) {
	t.Parallel()
	svc, _ := service(t)
	hand := func(change ...func(*matter.Opening)) error {
		_, err := svc.Open(t.Context(), an, opening(append([]func(*matter.Opening){func(o *matter.Opening) {
			o.Source, o.Title, o.Words, o.Targets = string(matter.FromHand), "来信反映的问题", "群众来信", nil
		}}, change...)...))
		return err
	}
	if err := hand(); err != nil {
		t.Fatal(err)
	}
	if err := hand(); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("the same again: %v", err)
	}
	if err := hand(func(o *matter.Opening) { o.Title = "另一件" }); err != nil {
		t.Errorf("another name: %v", err)
	}
	if err := hand(func(o *matter.Opening) { o.Unit, o.Reporter = "990103", "990103" }); err != nil {
		t.Errorf("another unit: %v", err)
	}
}

func TestWhoCarriesOnAUnitAnswersForIt(t *testing.T) {
	t.Parallel()
	svc, s := service(t)
	if _, err := s.Append(t.Context(), journal.Entry{At: svc.Now(), Actor: "an", Action: store.ActionUnitsImported, Data: store.UnitsImported{Units: []record.Unit{
		{Code: "990120", Name: "旧云汀县", ValidTo: period.MustDate("2009-12-31"), Successor: "990121"},
		{Code: "990121", Name: "云汀县", ValidTo: period.MustDate("2023-12-31"), Successor: "990106"},
		{Code: "990106", Name: "云汀区", ValidFrom: period.MustDate("2024-01-01")},
		{Code: "990107", Name: "云汀新区", ValidFrom: period.MustDate("2030-01-01")},
		{Code: "990102", Name: "东湖区", ValidTo: period.MustDate("2029-12-31"), Successor: "990107"},
	}}}); err != nil {
		t.Fatal(err)
	}
	open := func(unit record.UnitCode) (string, error) {
		ids, err := svc.Open(t.Context(), an, opening(func(o *matter.Opening) {
			o.Unit, o.Reporter, o.Targets = unit, unit, []store.MatterTarget{item("1")}
		}))
		if err != nil {
			return "", err
		}
		return ids[0], nil
	}
	old, err := open("990120")
	if err != nil {
		t.Fatal(err)
	}
	if m := get(t, s, old); m.Heir != "990106" || m.Answers != "990106" || !m.IsOf("990106") || m.IsOf("990102") {
		t.Errorf("%s is carried on by %s and answered by %s, want 990106", old, m.Heir, m.Answers)
	}
	for _, unit := range []record.UnitCode{"990106", "990120"} {
		if _, err := open(unit); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("the same item under %s = %v, want a conflict", unit, err)
		}
	}
	if err := take(t, svc, an, old, matter.Assign); err != nil {
		t.Fatal(err)
	}
	if err := take(t, svc, matter.Actor{Login: "yun", Unit: "990106"}, old, matter.Receive); err != nil {
		t.Errorf("who carries the unit on signs: %v", err)
	}
	if err := take(t, svc, county, old, matter.Reply); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("another county answers = %v, want unknown", err)
	}
	now, err := open("990102")
	if err != nil {
		t.Fatal(err)
	}
	if m := get(t, s, now); m.Heir != "990102" || m.IsOf("990107") {
		t.Errorf("a successor of 2030 has it already: %+v", m.Heir)
	}
}

func TestWhatIsTypedIsKeptPlain(t *testing.T) {
	t.Parallel()
	svc, s := service(t)
	ids, err := svc.Open(t.Context(), an, opening(func(o *matter.Opening) {
		o.Source, o.Targets, o.Title, o.Words = "hand", nil, "会前\x00通报\n制度", " 领导\x1b交办\r\n一事\x00 "
	}))
	if err != nil {
		t.Fatal(err)
	}
	if m := get(t, s, ids[0]); m.Title != "会前通报 制度" || m.Steps[0].Words != "领导交办\n一事" {
		t.Errorf("kept %q and %q", m.Title, m.Steps[0].Words)
	}
}

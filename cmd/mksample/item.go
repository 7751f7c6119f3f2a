package main

import (
	"fmt"
	"strconv"
	"strings"

	"liandu/internal/period"
)

// item is a resolution with the days on which things really happened to it. A zero day never came.
type item struct {
	unit                   string
	year                   int
	kind                   string
	no                     int
	topic                  topic
	n                      int
	decided                period.Date // the day of its meeting
	due, plan, start, done period.Date
	moves                  []move
	stuck                  int            // how far it gets by itself, in per cent, when it is never done
	ongoing, undated       bool           // 长期坚持; reported done without saying when
	cancelled              period.Quarter // the quarter that first reports it as 已撤销
}

// move is a deadline put off, first reported in a quarter.
type move struct {
	in period.Quarter
	to period.Date
}

func (s *story) newItem(r entry) (item, error) {
	t, ok := s.topics[r["topic"]]
	if !ok {
		return item{}, fmt.Errorf("story/item.csv: no topic %q", r["topic"])
	}
	it := item{
		unit: r["unit"], year: r.number("year"), kind: r["kind"], no: r.number("no"), topic: t, n: r.number("n"),
		due: r.date("due"), done: r.date("done"), stuck: 70,
	}
	for _, m := range s.meetings {
		if m.unit == it.unit && m.year == it.year && m.kind == it.kind {
			it.decided = m.held
		}
	}
	if it.decided.IsZero() {
		return it, fmt.Errorf("story/item.csv: %s %d %s %d has no meeting", it.unit, it.year, it.kind, it.no)
	}
	switch r["plan"] {
	case "-":
	case "":
		it.plan = workday(it.decided.AddDays(24))
	default:
		it.plan = r.date("plan")
	}
	it.start = r.date("start")
	if it.start.IsZero() {
		it.start = it.decided.AddDays(10)
	}
	return it, it.readFate(r["fate"])
}

// readFate reads what became of the item: "stuck 40; moved 2024Q2 2024-10-31".
func (it *item) readFate(text string) error {
	for _, part := range strings.Split(text, ";") {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		switch words[0] {
		case "ongoing":
			it.ongoing = true
		case "nodate":
			it.undated = true
		case "stuck":
			it.stuck, _ = strconv.Atoi(words[1])
		case "cancelled":
			it.cancelled = period.MustQuarter(words[1])
		case "moved":
			it.moves = append(it.moves, move{period.MustQuarter(words[1]), period.MustDate(words[2])})
		default:
			return fmt.Errorf("story/item.csv: unknown fate %q", part)
		}
	}
	return nil
}

// workday moves a day off the weekend.
func workday(d period.Date) period.Date {
	for d.Time().Weekday() == 0 || d.Time().Weekday() == 6 {
		d = d.AddDays(1)
	}
	return d
}

// itemsKnown returns the items a county lists in its report of q: all of the year's own, and those of earlier
// years that were still open when the quarter began.
func (s *story) itemsKnown(c county, q period.Quarter) []item {
	var known []item
	for _, it := range s.items {
		if !s.carries(c, it, q) || it.decided.After(q.Last()) {
			continue
		}
		open := !it.doneBy(q.First().AddDays(-1)) && (it.cancelled.IsZero() || it.cancelled.Compare(q) >= 0)
		if it.year == q.Year || it.decided.Year() == q.Year || open {
			known = append(known, it)
		}
	}
	return known
}

// carries reports whether the county reports the item: its own, its towns', or one it took over with a
// predecessor's.
func (s *story) carries(c county, it item, q period.Quarter) bool {
	if s.owns(c, it.unit) {
		return true
	}
	successor := s.unit(it.unit).successor
	return successor != "" && s.owns(c, successor)
}

func (it item) doneBy(d period.Date) bool { return !it.done.IsZero() && !it.done.After(d) }

// dueBy returns the deadline in force in a quarter's report, and whether it was put off.
func (it item) dueBy(q period.Quarter) (due period.Date, moved bool) {
	due = it.due
	for _, m := range it.moves {
		if m.in.Compare(q) <= 0 {
			due, moved = m.to, true
		}
	}
	return due, moved
}

// percent is how far the item has come by d. It never falls.
func (it item) percent(d period.Date) int {
	end, top := it.due, it.stuck
	if !it.done.IsZero() {
		end, top = it.done, 95
	}
	span := end.DaysSince(it.start)
	if span <= 0 {
		return top
	}
	part := min(top, 10+(top-10)*d.DaysSince(it.start)/span)
	return max(5, part/5*5)
}

// row is the item as its county knows it on the quarter's last day.
func (it item) row(s *story, c county, q period.Quarter) row {
	d := q.Last()
	u := s.unit(it.unit)
	formerly := u.name
	if u.successor != "" && !s.owns(c, it.unit) {
		u = s.unit(u.successor)
	}
	word := c.word
	if u.level == "township" {
		runes := []rune(u.name)
		word = string(runes[len(runes)-1:])
		if word == "道" {
			word = "街道"
		}
	}
	r := row{
		"unit": u.name, "year": strconv.Itoa(it.year), "kind": kinds[it.kind], "no": strconv.Itoa(it.no),
		"title": it.say(it.topic.title, word, 100), "category": it.topic.category, "proposer": it.topic.proposer,
		"lead": word + it.topic.lead, "support": it.topic.support, "owner": ownerName(u.code + it.topic.lead),
		"due_on": it.due.String(),
	}
	if q == c.first {
		r["unit"] = formerly // in its first report a renamed county still writes the old names
	}
	if !it.plan.After(d) {
		r["plan_on"] = it.plan.String()
	}
	if revised, moved := it.dueBy(q); moved {
		r["revised_due_on"] = revised.String()
	}
	it.state(r, c, q, word)
	return r
}

// state fills in what changes from quarter to quarter.
func (it item) state(r row, c county, q period.Quarter, word string) {
	d := q.Last()
	due, _ := it.dueBy(q)
	switch {
	case !it.cancelled.IsZero() && it.cancelled.Compare(q) <= 0:
		r["status"], r["reason"] = "已撤销", it.topic.why
		return
	case it.ongoing:
		r["status"], r["progress"] = "长期坚持", it.say(it.topic.going, word, 50)
		return
	case it.doneBy(d):
		r["status"], r["percent"] = "已完成", "100"
		if it.undated {
			r["progress"] = "已完成"
			return
		}
		r["completed_on"], r["progress"] = it.done.String(), it.say(it.topic.done, word, 100)
		return
	case d.Before(it.start):
		r["status"], r["percent"], r["next_step"] = "未启动", "0", "由牵头单位制定工作计划，下季度启动"
		return
	}
	percent := it.percent(d)
	r["status"], r["percent"] = "推进中", strconv.Itoa(percent)
	r["progress"] = it.say(it.topic.begun, word, percent)
	if percent >= 40 {
		r["progress"] = it.say(it.topic.going, word, percent)
	}
	r["next_step"] = nextStep(it.unit+it.topic.key, due)
	if c.explains && (!due.IsZero() && !due.After(d) || len(it.moves) > 0) {
		r["reason"] = it.topic.why
	}
}

// say fills a topic's sentence.
func (it item) say(sentence, word string, percent int) string {
	part := it.n * percent / 100
	if it.n > 100 {
		part = part / 10 * 10
	}
	return strings.NewReplacer(
		"{n}", strconv.Itoa(it.n), "{m}", strconv.Itoa(max(1, part)), "{级}", word,
	).Replace(sentence)
}

// nextStep is what a county writes as 下步措施 for an open item.
func nextStep(key string, due period.Date) string {
	steps := []string{
		"由牵头单位按月报告进度，分管领导每季度调度一次",
		"倒排工期，明确每月任务，按时限完成",
		"召开部门会商会，逐项解决存在的问题",
		"列入政府重点工作督查事项，跟踪到底",
		"与有关部门对接落实资金和场地",
	}
	return steps[pick(key, len(steps))]
}

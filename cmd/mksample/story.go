package main

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"liandu/internal/period"
)

//go:embed story/*.csv
var storyFiles embed.FS

// story is everything that happened, whoever reported it and when.
type story struct {
	units     []unit
	counties  []county
	topics    map[string]topic
	township  []topic // in the order of the file: towns take them in turn
	meetings  []meeting
	items     []item
	townships []townshipFact
	sendings  []sending
}

type unit struct{ code, name, level, parent, successor string }

// county is a unit that sends reports, from its first to its last quarter.
type county struct {
	code, name, word, mark  string // word is 区, 县 or 市; mark opens its document numbers
	first, last             period.Quarter
	filler, reviewer, phone string
	established, document   string
	explains                bool // gives reasons for what is overdue
	habit                   string
	arrives                 int // usual day of arrival after the quarter's end
}

// topic is a kind of item with what is said of it as it advances; {n} is the item's number, {m} the part
// done so far, {级} the county's word.
type topic struct {
	key, title, category, proposer, lead, support string
	begun, going, done, why                       string
}

// townshipFact is a town's story in one line; its meetings and items follow from it (township.go).
type townshipFact struct {
	code               string
	established        period.Date
	held2023, held2024 period.Date
	chair, pace        string
}

func readStory() (*story, error) {
	s := &story{topics: map[string]topic{}}
	var errs []error
	read := func(name string, keep func(entry)) {
		if err := eachEntry(name, keep); err != nil {
			errs = append(errs, err)
		}
	}
	read("unit", func(r entry) {
		s.units = append(s.units, unit{r["code"], r["name"], r["level"], r["parent"], r["successor"]})
	})
	read("county", func(r entry) {
		s.counties = append(s.counties, county{
			code: r["unit"], name: r["name"], word: r["word"], mark: r["mark"],
			first: period.MustQuarter(r["first"]), last: period.MustQuarter(r["last"]),
			filler: r["filler"], reviewer: r["reviewer"], phone: r["phone"],
			established: r["established"], document: r["document"], explains: r["explains"] == "yes",
			habit: r["habit"], arrives: r.number("arrives"),
		})
	})
	read("topic", func(r entry) { s.topics[r["key"]] = newTopic(r) })
	read("topic_township", func(r entry) { s.township = append(s.township, newTopic(r)) })
	read("meeting", func(r entry) { s.meetings = append(s.meetings, newMeeting(r)) })
	read("township", func(r entry) {
		s.townships = append(s.townships, townshipFact{
			code: r["unit"], established: r.date("established"),
			held2023: r.date("held_2023"), held2024: r.date("held_2024"), chair: r["chair"], pace: r["pace"],
		})
	})
	read("item", func(r entry) {
		it, err := s.newItem(r)
		errs = append(errs, err)
		s.items = append(s.items, it)
	})
	read("sending", func(r entry) {
		d, err := newSending(r)
		errs = append(errs, err)
		s.sendings = append(s.sendings, d)
	})
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	s.addTownships()
	return s, nil
}

func newTopic(r entry) topic {
	return topic{
		key: r["key"], title: r["title"], category: r["category"], proposer: r["proposer"], lead: r["lead"],
		support: r["support"], begun: r["begun"], going: r["going"], done: r["done"], why: r["why"],
	}
}

// county returns the sending unit of a code.
func (s *story) county(code string) (county, bool) {
	for _, c := range s.counties {
		if c.code == code {
			return c, true
		}
	}
	return county{}, false
}

func (s *story) unit(code string) unit {
	for _, u := range s.units {
		if u.code == code {
			return u
		}
	}
	panic("the story speaks of an unknown unit " + code)
}

// entry is one line of a story file, by column.
type entry map[string]string

func (r entry) number(column string) int {
	n, err := strconv.Atoi(r[column])
	if err != nil && r[column] != "" {
		panic(fmt.Sprintf("story: %s is no number: %q", column, r[column]))
	}
	return n
}

func (r entry) date(column string) period.Date { return period.MustDate(r[column]) }

func eachEntry(name string, keep func(entry)) error {
	f, err := storyFiles.Open("story/" + name + ".csv")
	if err != nil {
		return err
	}
	defer f.Close()
	c := csv.NewReader(f)
	head, err := c.Read()
	if err != nil {
		return fmt.Errorf("story/%s.csv: %w", name, err)
	}
	for {
		line, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("story/%s.csv: %w", name, err)
		}
		r := entry{}
		for i, column := range head {
			r[column] = strings.TrimSpace(line[i])
		}
		keep(r)
	}
}

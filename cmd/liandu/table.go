package main

import (
	"fmt"
	"io"
	"strings"

	"liandu/internal/cntext"
)

// textTable prints rows that line up with Chinese characters in them. Columns named in right are set to the right.
type textTable struct {
	head  []string
	right map[int]bool
	rows  [][]string
}

func newTable(head ...string) *textTable { return &textTable{head: head, right: map[int]bool{}} }

// figures marks columns as figures.
func (t *textTable) figures(columns ...int) *textTable {
	for _, c := range columns {
		t.right[c] = true
	}
	return t
}

func (t *textTable) add(cells ...string) { t.rows = append(t.rows, cells) }

// print writes head, rule and rows.
func (t *textTable) print(w io.Writer) {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], cntext.Width(cell))
		}
	}
	line := func(row []string) {
		cells := make([]string, len(row))
		for i, cell := range row {
			if t.right[i] {
				cells[i] = cntext.PadLeft(cell, widths[i])
			} else {
				cells[i] = cntext.Pad(cell, widths[i])
			}
		}
		fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "  "), " "))
	}
	line(t.head)
	rule := 0
	for _, n := range widths {
		rule += n + 2
	}
	fmt.Fprintln(w, strings.Repeat("-", max(rule-2, 0)))
	for _, row := range t.rows {
		line(row)
	}
}

package main

import (
	"context"

	"liandu/internal/record"
)

// runMinutes writes 会议纪要样式 of a unit's meeting: what was reported filled in, the rest for the unit to complete.
func runMinutes(ctx context.Context, c *call) error {
	f := c.flags()
	p := f.paperOptions()
	unit := f.String("unit", "", "")
	if err := f.noWords(); err != nil {
		return err
	}
	switch {
	case *unit == "":
		return c.wrong("没有写单位（--unit）。")
	case p.out == "":
		return c.wrong("没有写存放的文件（-o）。")
	case p.issue || p.issued != "" || p.number != "":
		return c.wrong("会议纪要由县（市、区）印发，这里只提供样式，不签发、不编号。")
	}
	d, err := p.dossier(ctx, c)
	if err != nil {
		return err
	}
	o, err := d.MinutesForm(record.UnitCode(*unit))
	if err != nil {
		return err
	}
	return p.writeOne(ctx, c, d, o)
}

package export

import (
	"encoding/json"
	"fmt"
)

// pageJSON is an OfficialPage as kept with an issued paper: each block under the name of its type.
type pageJSON struct {
	Landscape bool        `json:",omitempty"`
	Restart   bool        `json:",omitempty"`
	Mark      string      `json:",omitempty"`
	Blocks    []blockJSON `json:",omitempty"`
}

type blockJSON struct {
	Line *Line `json:",omitempty"`
	Grid *Grid `json:",omitempty"`
	Foot *Foot `json:",omitempty"`
}

// MarshalJSON writes the page so that UnmarshalJSON gives it again: a paper read back writes the same .docx.
func (p OfficialPage) MarshalJSON() ([]byte, error) {
	out := pageJSON{Landscape: p.Landscape, Restart: p.Restart, Mark: p.Mark}
	for _, b := range p.Blocks {
		switch v := b.(type) {
		case Line:
			out.Blocks = append(out.Blocks, blockJSON{Line: &v})
		case Grid:
			out.Blocks = append(out.Blocks, blockJSON{Grid: &v})
		case Foot:
			out.Blocks = append(out.Blocks, blockJSON{Foot: &v})
		default:
			return nil, fmt.Errorf("keep paper: a %T is no block", b)
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *OfficialPage) UnmarshalJSON(b []byte) error {
	var in pageJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*p = OfficialPage{Landscape: in.Landscape, Restart: in.Restart, Mark: in.Mark}
	for i, one := range in.Blocks {
		switch {
		case one.Line != nil:
			p.Blocks = append(p.Blocks, *one.Line)
		case one.Grid != nil:
			p.Blocks = append(p.Blocks, *one.Grid)
		case one.Foot != nil:
			p.Blocks = append(p.Blocks, *one.Foot)
		default:
			return fmt.Errorf("read kept paper: block %d is of no known type", i+1)
		}
	}
	return nil
}

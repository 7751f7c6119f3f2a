package queries

import (
	"context"
	"fmt"
	"time"

	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// Document is one official paper issued, the latest first in a list. Unit is empty for a paper to all; ReplyDue is zero
// where no reply is asked for. SHA256 names the issued bytes, Generated those the program made: another sum only where
// an edited file was issued, with Accepted disagreements left in it for a Reason. Corrects are the documents a 更正
// corrects; Again is the earlier document of the same paper, quarter and unit.
type Document struct {
	ID        string          `col:"document_id"`
	Seq       int64           `col:"seq"`
	IssuedAt  time.Time       `col:"issued_at"`
	Kind      string          `col:"kind"`
	Paper     string          `col:"paper"`
	Unit      record.UnitCode `col:"unit_code"`
	To        string          `col:"addressee"`
	Quarter   string          `col:"quarter"`
	Year      int             `col:"session_year"`
	Regime    string          `col:"regime"`
	Level     record.Level    `col:"level"`
	KnownAt   time.Time       `col:"known_at"`
	Number    string          `col:"number"`
	Title     string          `col:"title"`
	DatedOn   period.Date     `col:"dated_on"`
	ReplyDue  period.Date     `col:"reply_due"`
	Actor     string          `col:"actor"`
	File      string          `col:"file"`
	SHA256    string          `col:"sha256"`
	Generated string          `col:"generated"`
	Data      string          `col:"data"`
	Tree      string          `col:"tree"`
	Accepted  int             `col:"n_accepted"`
	Reason    string          `col:"reason"`
	Corrects  []string        `col:"corrects"`
	Again     string          `col:"again"`
}

// DocumentFilter narrows a list of documents. Empty fields narrow nothing; Scope is a County account's unit, which sees
// the papers to it alone.
type DocumentFilter struct {
	Kind    string
	Unit    record.UnitCode
	Quarter period.Quarter
	Number  string
	Scope   record.UnitCode
}

// Documents lists the official papers issued, the newest first.
func (q *Queries) Documents(ctx context.Context, f DocumentFilter) ([]Document, error) {
	return q.documents(ctx, f, "")
}

// Document returns one paper issued; fault.NotFound when there is none or it is out of scope.
func (q *Queries) Document(ctx context.Context, id string, scope record.UnitCode) (Document, error) {
	if id != "" {
		rows, err := q.documents(ctx, DocumentFilter{Scope: scope}, id)
		if err != nil {
			return Document{}, err
		}
		if len(rows) == 1 {
			return rows[0], nil
		}
	}
	return Document{}, fault.New(fault.NotFound, fmt.Sprintf("没有编号为「%s」的已发文件。", id), "请从「通报与督导函」或用 liandu document list 查看已发文件。")
}

func (q *Queries) documents(ctx context.Context, f DocumentFilter, id string) ([]Document, error) {
	rows, err := ask[Document](ctx, q, q.db, "list/document_list.sql", params{
		"id": id, "kind": f.Kind, "unit": string(f.Unit), "scope": string(f.Scope), "quarter": f.Quarter.String(), "number": f.Number,
	})
	if err != nil {
		return nil, err
	}
	return append([]Document{}, rows...), nil
}

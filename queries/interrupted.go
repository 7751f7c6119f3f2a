package queries

import (
	"context"
	"time"
)

// Interrupted is an original that is kept and was never decided: the program was stopped between the two. Nothing of
// it counts; it has to be sent again, or read again from the original.
type Interrupted struct {
	File       string    `col:"file"`
	SHA256     string    `col:"sha256"`
	ReceivedAt time.Time `col:"received_at"`
	Actor      string    `col:"actor"`
}

// readingTime is how long a file may be undecided because it is being read.
const readingTime = 2 * time.Minute

// Interrupted returns the originals received and never decided, oldest first.
func (q *Queries) Interrupted(ctx context.Context) ([]Interrupted, error) {
	return ask[Interrupted](ctx, q, q.db, "list/interrupted.sql", params{"before": q.now().Add(-readingTime)})
}

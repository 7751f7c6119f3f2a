// Package journal is the system of record's list of changes: one JSON line a change, each holding the hash of the
// line before. Append returns only when the line is on disk; that moment is the commit point of everything.
// The journal never rewrites or drops a whole line of a whole change; a change torn at the end, of one line or of several
// (never acknowledged), is cut off at Open.
package journal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Entry is a change about to be written. Data is the change itself and must marshal to JSON.
type Entry struct {
	At      time.Time
	Actor   string // login, "系统" or "命令行"
	Action  string // "submission.accepted", "unit.imported", …: see store/apply.go for all of them
	Subject string // what it is about: a submission id, a unit code, a login
	Data    any
	Blobs   []string // blobs the change refers to; they are on disk before it is appended
}

// Line is a change that was written.
type Line struct {
	Seq     int64           `json:"seq"`
	At      time.Time       `json:"at"`
	Actor   string          `json:"actor"`
	Action  string          `json:"action"`
	Subject string          `json:"subject"`
	Data    json.RawMessage `json:"data"`
	Blobs   []string        `json:"blobs,omitempty"`
	More    bool            `json:"more,omitempty"` // the next line is of the same change: all of it counts, or nothing
	Prev    string          `json:"prev"`
	Hash    string          `json:"hash"` // SHA-256 of the line's JSON with Hash ""
}

// Journal is an open journal. Its methods may be called from several goroutines.
type Journal struct {
	mu   sync.Mutex
	f    *os.File
	size int64
	last Line
	bad  error // set when the file could not be brought back to a whole line; every later Append refuses
}

// ErrBroken is the chain's break: a line that does not follow from the one before or is not what it was.
var ErrBroken = errors.New("journal chain is broken")

// Open opens or creates the journal at path, reads it through and checks the chain. It returns an error
// wrapping ErrBroken, naming the line, when a whole line is not what it was. A last change without an end was never
// acknowledged: it is copied to path+".torn" and cut off.
func Open(path string) (*Journal, error) {
	_, statErr := os.Stat(path)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if errors.Is(statErr, os.ErrNotExist) {
		if err := syncDir(filepath.Dir(path)); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	j := &Journal{f: f}
	whole, last, err := scan(f, 0, nil)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	j.size, j.last = whole, last
	if err := j.cutTorn(path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return j, nil
}

// Append writes the entries as consecutive lines with one fsync and returns them. On an error nothing of them is in
// the journal: what was written is cut off again.
func (j *Journal) Append(entries ...Entry) ([]Line, error) {
	lines, err := j.Prepare(entries...)
	if err != nil {
		return nil, err
	}
	return lines, j.Write(lines)
}

// Prepare returns the lines the entries would become now, without writing anything; a caller that alone appends may
// use them to try the change out before Write makes it last.
func (j *Journal) Prepare(entries ...Entry) ([]Line, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	lines := make([]Line, 0, len(entries))
	prev := j.last
	for i, e := range entries {
		data, err := json.Marshal(e.Data)
		if err != nil {
			return nil, fmt.Errorf("marshal journal entry %s: %w", e.Action, err)
		}
		l := Line{
			Seq: prev.Seq + 1, At: e.At.Truncate(time.Millisecond), Actor: readable(e.Actor), Action: e.Action, Subject: readable(e.Subject),
			Data: data, Blobs: e.Blobs, More: i < len(entries)-1, Prev: prev.Hash,
		}
		l.Hash = l.sum()
		lines = append(lines, l)
		prev = l
	}
	return lines, nil
}

// readable replaces bytes that are no UTF-8, which an address or a file's name may hold: JSON would write them as
// something that reads back otherwise, and the line would break the chain.
func readable(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// Write appends prepared lines with one fsync. It refuses lines that do not follow the last one. On an error nothing
// of them is in the journal.
func (j *Journal) Write(lines []Line) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.bad != nil {
		return fmt.Errorf("append to journal: %w", j.bad)
	}
	var buf bytes.Buffer
	prev := j.last
	for _, l := range lines {
		if l.Seq != prev.Seq+1 || l.Prev != prev.Hash {
			return fmt.Errorf("append to journal: line %d does not follow line %d", l.Seq, prev.Seq)
		}
		b, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("marshal journal line: %w", err)
		}
		buf.Write(b)
		buf.WriteByte('\n')
		prev = l
	}
	if _, err := j.f.WriteAt(buf.Bytes(), j.size); err != nil {
		return j.undo(fmt.Errorf("write journal: %w", err))
	}
	if err := j.f.Sync(); err != nil {
		return j.undo(fmt.Errorf("sync journal: %w", err))
	}
	j.size += int64(buf.Len())
	j.last = prev
	return nil
}

// Replay calls fn with every line after seq, in order, checking the chain. It stops at fn's first error.
func (j *Journal) Replay(after int64, fn func(Line) error) error {
	j.mu.Lock()
	size := j.size
	j.mu.Unlock()
	_, _, err := scan(io.NewSectionReader(j.f, 0, size), after, fn)
	return err
}

// Last returns the last line; its Seq is 0 when the journal is empty.
func (j *Journal) Last() Line {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last
}

// Close closes the file.
func (j *Journal) Close() error { return j.f.Close() }

// Verify reads a journal file and checks its chain without opening it for writing. It returns the number of lines.
func Verify(path string) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("open journal: %w", err)
	}
	defer f.Close()
	_, last, err := scan(f, 0, nil)
	return last.Seq, err
}

func (j *Journal) undo(cause error) error {
	if err := j.f.Truncate(j.size); err != nil {
		j.bad = fmt.Errorf("cut off half a line: %w", err)
		return errors.Join(cause, j.bad)
	}
	return cause
}

func (j *Journal) cutTorn(path string) error {
	info, err := j.f.Stat()
	if err != nil {
		return fmt.Errorf("stat journal: %w", err)
	}
	if info.Size() == j.size {
		return nil
	}
	torn := make([]byte, info.Size()-j.size)
	if _, err := j.f.ReadAt(torn, j.size); err != nil {
		return fmt.Errorf("read torn line: %w", err)
	}
	// The copy is a courtesy to whoever investigates: when the disk is full the journal must open all the same.
	_ = os.WriteFile(path+".torn", torn, 0o600)
	if err := j.f.Truncate(j.size); err != nil {
		return fmt.Errorf("cut torn line: %w", err)
	}
	return nil
}

// scan reads whole lines from r, checks each and calls fn for those after seq. It returns the length of the whole
// changes and the last line of them.
func scan(r io.Reader, after int64, fn func(Line) error) (int64, Line, error) {
	var (
		last, prev Line // of a whole change; read
		size, at   int64
	)
	br := bufio.NewReaderSize(r, 1<<16)
	for {
		b, err := br.ReadBytes('\n')
		if err == io.EOF {
			return size, last, nil
		}
		if err != nil {
			return size, last, fmt.Errorf("read journal after line %d: %w", prev.Seq, err)
		}
		var l Line
		if err := json.Unmarshal(b, &l); err != nil {
			return size, last, fmt.Errorf("%w: line %d is not readable: %w", ErrBroken, prev.Seq+1, err)
		}
		// Written again it must be the same bytes: a changed key would else go unseen where its value was empty.
		again, err := json.Marshal(l)
		if err != nil || !bytes.Equal(again, bytes.TrimSuffix(b, []byte{'\n'})) || l.Seq != prev.Seq+1 || l.Prev != prev.Hash || l.Hash != l.sum() {
			return size, last, fmt.Errorf("%w: line %d is not what was written", ErrBroken, prev.Seq+1)
		}
		at += int64(len(b))
		if prev = l; !l.More {
			size, last = at, l
		}
		if fn != nil && l.Seq > after {
			if err := fn(l); err != nil {
				return size, last, err
			}
		}
	}
}

func (l Line) sum() string {
	l.Hash = ""
	b, err := json.Marshal(l)
	if err != nil {
		return ""
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open folder to sync: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

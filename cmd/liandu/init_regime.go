package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"liandu/internal/journal"
	"liandu/internal/regime"
	"liandu/internal/rulebook"
	"liandu/internal/store"
)

// firstRegimes finds the regime a folder is made with: a built-in one's id, one of those that lie in the folder's regime/,
// or a file of one's own. own are those to be written down with the folder.
func firstRegimes(c *call, id string) (first string, own []*regime.Regime, err error) {
	if own, err = ownRegimes(c.dir); err != nil {
		return "", nil, err
	}
	if strings.HasSuffix(id, ".toml") {
		r, err := readRegime(c, id, "")
		if err != nil {
			return "", nil, err
		}
		if err := rulebook.Refusal(r); err != nil {
			return "", nil, err
		}
		own, id = append(own, r), r.ID
	}
	all, err := regime.Load(nil)
	if err != nil {
		return "", nil, err
	}
	_, err = regime.Find(append(own, all...), id)
	return id, own, err
}

// baseEntries are the journal entries of the own regimes a folder is made with.
func baseEntries(s *store.Store, first string, own []*regime.Regime, at time.Time) ([]journal.Entry, error) {
	keeper := rulebook.New(s, first, func() time.Time { return at })
	var entries []journal.Entry
	for _, r := range own {
		e, err := keeper.BaseEntry(r, actorCommand)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// readRegime reads a regime's file with its document's words: those of the file named, else those beside it.
func readRegime(c *call, file, words string) (*regime.Regime, error) {
	path := c.path(file)
	if words == "" {
		return regime.ReadFile(os.DirFS(filepath.Dir(path)), filepath.Base(path), c.knownRegimes()...)
	}
	text := c.path(words)
	return regime.ReadFiles(filepath.Base(path), os.DirFS(filepath.Dir(path)), filepath.Base(text), os.DirFS(filepath.Dir(text)), c.knownRegimes()...)
}

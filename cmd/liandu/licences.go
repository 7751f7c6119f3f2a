package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// licenceTexts holds the licence of every module linked into the program, one file a module; the test that guards
// them rewrites them with -update.
//
//go:embed licence/*.txt
var licenceTexts embed.FS

// runLicences prints the third-party licences.
func runLicences(_ context.Context, c *call) error {
	names, err := fs.Glob(licenceTexts, "licence/*.txt")
	if err != nil {
		return fmt.Errorf("list licences: %w", err)
	}
	for _, name := range names {
		text, err := licenceTexts.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read licence: %w", err)
		}
		module := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(name, "licence/"), ".txt"), "!", "/")
		fmt.Fprintf(c.stdout, "==== %s ====\n%s\n", module, strings.TrimSpace(string(text)))
	}
	return nil
}

package dashboard

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

//go:embed static
var staticFiles embed.FS

// stylesheet is the one CSS file a page loads: these files in this order, tokens first and paper last. A component's
// file is named for it; its place does not matter between the two.
var stylesheet = []string{
	"tokens", "base", "layout", "button", "number", "light", "kpi", "table", "rank", "matrix", "tile", "chart", "age",
	"state", "ledger", "step", "matter", "finding", "rule", "explain", "move", "evidence", "facts", "problem", "verdict", "upload", "blank",
	"toast", "form", "sheet", "account", "submission", "hold", "paper", "columns", "report", "print",
}

// stylesheetName is the address of the whole below static/.
const stylesheetName = "style.css"

// assets are the files of static/ with the address each is served at: /static/<hash>/<name>. The hash is of the
// content, so that a browser may keep the file for ever.
type assets struct{ byName map[string]*asset }

type asset struct {
	name    string
	hash    string
	kind    string
	body    []byte
	packed  []byte // gzip, nil where it does not pay
	packOne sync.Once
}

func loadAssets(files fs.FS) (*assets, error) {
	a := &assets{byName: map[string]*asset{}}
	err := fs.WalkDir(files, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		a.add(strings.TrimPrefix(name, "static/"), body)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	return a, a.addStylesheet()
}

func (a *assets) addStylesheet() error {
	var whole bytes.Buffer
	used := map[string]bool{}
	for _, name := range stylesheet {
		f := a.byName["css/"+name+".css"]
		if f == nil {
			return fmt.Errorf("stylesheet names css/%s.css, which is not there", name)
		}
		whole.Write(f.body)
		whole.WriteByte('\n')
		used[f.name] = true
	}
	for name := range a.byName {
		if strings.HasPrefix(name, "css/") && !used[name] {
			return fmt.Errorf("%s is in no stylesheet", name)
		}
	}
	a.add(stylesheetName, whole.Bytes())
	return nil
}

func (a *assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // the machine's own table may know no better
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	case ".svg":
		kind = "image/svg+xml"
	case "":
		kind = "text/plain; charset=utf-8"
	}
	a.byName[name] = &asset{name: name, hash: hex.EncodeToString(sum[:6]), kind: kind, body: body}
}

// address returns where an asset is served; an unknown name is an error, found when the templates are loaded or run.
func (a *assets) address(name string) (string, error) {
	f := a.byName[name]
	if f == nil {
		return "", fmt.Errorf("no asset %q", name)
	}
	return "/static/" + f.hash + "/" + f.name, nil
}

// gzip returns the packed body, packing it at the first request; nil where packing saves nothing.
func (f *asset) gzip() []byte {
	f.packOne.Do(func() {
		if len(f.body) < 1024 || !strings.HasPrefix(f.kind, "text/") && f.kind != "image/svg+xml" {
			return
		}
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return
		}
		if _, err := w.Write(f.body); err != nil || w.Close() != nil {
			return
		}
		f.packed = b.Bytes()
	})
	return f.packed
}

// static serves /static/<hash>/<name>. An old hash is not found: a page names only what it was made with.
func (s *Server) static(c *gin.Context) error {
	hash, name, _ := strings.Cut(strings.TrimPrefix(c.Param("path"), "/"), "/")
	f := s.assets.byName[name]
	if f == nil || f.hash != hash {
		return errNoPage()
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	c.Header("Vary", "Accept-Encoding")
	c.Header("ETag", `"`+f.hash+`"`)
	if c.GetHeader("If-None-Match") == `"`+f.hash+`"` {
		c.Status(http.StatusNotModified)
		return nil
	}
	if packed := f.gzip(); packed != nil && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		c.Data(http.StatusOK, f.kind, packed)
		return nil
	}
	c.Data(http.StatusOK, f.kind, f.body)
	return nil
}

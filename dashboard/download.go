package dashboard

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/gin-gonic/gin"
)

// download hands over bytes under a Chinese name (RFC 6266), with a plain one for old browsers. The kind is always
// unspecific, so that no browser opens a county's file inside the site.
func download(c *gin.Context, name, plain string, size int64, body io.Reader) {
	c.DataFromReader(http.StatusOK, size, "application/octet-stream", body, map[string]string{
		"Content-Disposition": disposition(name, plain),
	})
}

func disposition(name, plain string) string {
	clean := func(keep func(rune) bool, s string) string {
		return strings.Map(func(r rune) rune {
			if !keep(r) || strings.ContainsRune(`"\/:*?<>|`, r) {
				return '_'
			}
			return r
		}, s)
	}
	plain = clean(func(r rune) bool { return r >= ' ' && r < 0x7f }, plain)
	name = clean(func(r rune) bool {
		return !unicode.IsControl(r) && r != unicode.ReplacementChar && !unicode.In(r, unicode.Bidi_Control)
	}, name)
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// longRequest gives an upload or a download of a whole folder the time it needs.
func longRequest(c *gin.Context) error {
	until := time.Now().Add(longTimeout) // the connection's own clock, not the site's
	rc := http.NewResponseController(c.Writer)
	for _, set := range []func(time.Time) error{rc.SetReadDeadline, rc.SetWriteDeadline} {
		if err := set(until); err != nil && !isUnsupported(err) {
			return err
		}
	}
	return nil
}

// isUnsupported reports whether the writer has no deadlines, as a test's has not.
func isUnsupported(err error) bool { return errors.Is(err, http.ErrNotSupported) }

package dashboard

import (
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"

	"liandu/ingest"
	"liandu/internal/fault"
)

// marked hands the county's own workbook back with every problem marked in it. It is made in the parsers' processes,
// like everything that looks into a stranger's bytes.
func (s *Server) marked(c *gin.Context) error {
	row, err := s.submissionRow(c, c.Param("id"))
	if err != nil {
		return err
	}
	reading, err := s.reading(row)
	if err != nil {
		return err
	}
	if reading == nil || s.deps.Parser == nil {
		return fault.New(fault.NotFound, "这份文件没有标注文件。", "请下载原件。")
	}
	file, err := s.deps.Store.Blobs().Temp() // a slow browser must not hold a parser
	if err != nil {
		return err
	}
	defer func() {
		if err := removeFile(file); err != nil {
			s.deps.Log.Error("remove marked workbook", "submission", row.ID, "error", err)
		}
	}()
	if err := longRequest(c); err != nil {
		return err
	}
	if err := s.deps.Parser.Mark(c.Request.Context(), file, s.deps.Store.Blobs().Path(row.SHA256), *reading); err != nil {
		return fmt.Errorf("mark original of %s: %w", row.ID, err)
	}
	size, err := file.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("read marked workbook of %s: %w", row.ID, err)
	}
	if c.Request.Method == http.MethodGet {
		if err := s.note(c, "file.marked", row.ID, map[string]string{"file": row.File, "unit": string(row.Unit)}); err != nil {
			return err
		}
	}
	download(c, ingest.MarkedName(row.File), row.ID+"-marked.xlsx", size, file)
	return nil
}

func removeFile(f *os.File) error {
	closed := f.Close()
	if err := os.Remove(f.Name()); err != nil {
		return err
	}
	return closed
}

package dashboard

import (
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/gin-gonic/gin"

	"liandu/ingest"
	"liandu/internal/auth"
	"liandu/internal/fault"
	"liandu/internal/period"
	"liandu/internal/record"
)

// received is what became of the files of one request; a zip gives a result for each member.
type received struct {
	results []ingest.Result
	errs    []fileFault
}

// fileFault is a file that could not be taken at all.
type fileFault struct {
	file  string
	fault *fault.Error
}

// uploadMemory is what a request's files may take of memory; the rest waits on disk.
const uploadMemory = 8 << 20

// receive takes the files named `file` of a multipart request, each by itself, for the unit and quarter chosen. The unit
// of a County account is its own whatever the form says; naming another is refused. each sets up the intake of one file
// of the name given. What a folder holds beside workbooks (hidden files, lock files of an open workbook) is passed over.
func (s *Server) receive(c *gin.Context, each func(u *ingest.Upload, file string)) (received, error) {
	if err := longRequest(c); err != nil {
		return received{}, err
	}
	if err := c.Request.ParseMultipartForm(uploadMemory); err != nil {
		return received{}, multipartFault(err)
	}
	form := c.Request.MultipartForm
	defer func() {
		if err := form.RemoveAll(); err != nil {
			s.deps.Log.Error("remove uploaded temporary files", "request", c.GetString(keyRequest), "error", err)
		}
	}()
	up, err := s.uploadOf(c)
	if err != nil {
		return received{}, err
	}
	files := slices.DeleteFunc(slices.Clone(form.File["file"]), func(f *multipart.FileHeader) bool { return isLitter(f.Filename) })
	if len(files) == 0 {
		return received{}, fault.New(fault.Invalid, "没有选择文件。", "请选择一个或多个报表文件后再上传。")
	}
	var got received
	for _, f := range files {
		one := up
		each(&one, fileName(f.Filename))
		results, err := s.receiveOne(c, f, one)
		var refused *fault.Error
		switch {
		case errors.As(err, &refused):
			got.errs = append(got.errs, fileFault{path.Base(f.Filename), refused})
		case err != nil:
			return got, err
		}
		got.results = append(got.results, results...)
	}
	return got, nil
}

func (s *Server) receiveOne(c *gin.Context, f *multipart.FileHeader, up ingest.Upload) ([]ingest.Result, error) {
	body, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open uploaded file: %w", err)
	}
	defer body.Close()
	up.Name, up.Body, up.Size = fileName(f.Filename), body, f.Size
	return s.deps.Ingest.File(c.Request.Context(), up)
}

// uploadOf reads for whom and when the files are, from the form or the address.
func (s *Server) uploadOf(c *gin.Context) (ingest.Upload, error) {
	a := account(c)
	up := ingest.Upload{Actor: a.Login, Own: a.Scope()}
	unit := record.UnitCode(first(c.PostForm("unit"), c.Query("unit")))
	if unit != "" {
		if !auth.Can(a, auth.Submit, unit) {
			return up, s.refuseUnit(c)
		}
		if err := s.knownUnit(c.Request.Context(), unit); err != nil {
			return up, err
		}
		up.Unit = unit
	}
	quarter := first(c.PostForm("quarter"), c.PostForm("period"), c.Query("quarter"))
	if quarter == "" && isAPI(c) { // on a page the address's period is the context, not a choice
		quarter = c.Query("period")
	}
	if text := quarter; text != "" {
		q, err := period.ParseQuarter(text)
		if err != nil {
			return up, fault.Wrap(fault.Invalid, fmt.Sprintf("报告期「%s」无法识别。", text), "请写成 2024Q3 这样的格式。", err)
		}
		up.Quarter = q
	}
	return up, nil
}

// refuseUnit says no to a County account that named another unit, and keeps that in the audit log.
func (s *Server) refuseUnit(c *gin.Context) error {
	if err := s.noteRefusal(c); err != nil {
		return err
	}
	names, err := s.unitNames(c.Request.Context())
	if err != nil {
		return err
	}
	own := names[account(c).Scope()]
	return fault.New(fault.Forbidden, fmt.Sprintf("你的账号只能报送和查看%s。", own), "如有需要，请与系统管理员联系。")
}

// isLitter reports whether a name is of a file that a folder holds without anybody meaning to send it, or of none.
func isLitter(name string) bool {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return name == "" || base != "." && base != ".." && strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$")
}

// maxFileName is how many characters of a file's name are kept, as file systems bound it; it goes into every list.
const maxFileName = 255

// fileName is a browser's name for a file, without the folders some put before it. Of a name beyond bounds the end is
// kept, which tells the kind.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" || name == ".." {
		return "未命名"
	}
	if r := []rune(name); len(r) > maxFileName {
		name = string(r[len(r)-maxFileName:])
	}
	return name
}

func multipartFault(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return errTooLarge(tooLarge.Limit)
	}
	if errors.Is(err, syscall.ENOSPC) {
		return fault.Wrap(fault.NoSpace, "服务器磁盘空间不足，文件没有接收。", "原有数据不受影响。请与系统管理员联系，清理磁盘后重新上传。", err)
	}
	return fault.Wrap(fault.Invalid, "上传没有完成，文件不完整，没有接收。", "请检查网络后重新上传。", err)
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

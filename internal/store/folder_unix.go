//go:build unix

package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"liandu/internal/fault"
)

// takeLock takes the folder for this process and writes its number into the lock file.
func takeLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "数据目录无法写入。", "请检查当前用户对数据目录是否有写入权限。", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, readErr := io.ReadAll(io.LimitReader(f, 20))
		return nil, errors.Join(fault.Wrap(fault.Conflict,
			fmt.Sprintf("数据目录正被另一个联督进程使用（进程号 %s）。", strings.TrimSpace(string(holder))),
			"请在该进程中操作，或先停止它。", err), readErr, f.Close())
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(fmt.Errorf("write lock file: %w", err), f.Close())
	}
	// On a full disk the number may not fit; the lock itself holds all the same.
	_, _ = f.WriteAt([]byte(fmt.Sprintln(os.Getpid())), 0)
	return f, nil
}

// protect closes the folder to other users: DuckDB writes its log readable to all, with passwords' hashes in it. A folder
// of somebody else's, or one that everybody shares (sticky), is left as it is.
func protect(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) != os.Geteuid() || info.Mode()&os.ModeSticky != 0 || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return os.Chmod(dir, 0o700)
}

func freeSpace(dir string) (uint64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return uint64(st.Bavail) * uint64(st.Bsize), nil
}

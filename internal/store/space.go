package store

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"liandu/internal/fault"
)

// floor is the free space below which nothing is received: room for the journal, the projection's log and a restart.
const floor = 8 << 20

// NeedSpace refuses (fault.NoSpace) when the disk could not take n more bytes, three times over, and keep the floor.
func (s *Store) NeedSpace(n int64) error {
	free, err := s.Free()
	if err != nil {
		return err
	}
	if free < uint64(3*n)+floor {
		return fault.New(fault.NoSpace, fmt.Sprintf("磁盘只剩 %d MB，放不下这份文件，没有接收。", free>>20), "原有数据不受影响。请清理磁盘后重新报送。")
	}
	return nil
}

// Free returns the free bytes of the disk the folder is on.
func (s *Store) Free() (uint64, error) {
	free, err := freeSpace(s.dir)
	if err != nil {
		return 0, fmt.Errorf("free space of data folder: %w", err)
	}
	return free, nil
}

// isNoSpace recognises a full disk, from the system or from DuckDB, whose errors carry only words.
func isNoSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || (err != nil && strings.Contains(err.Error(), "No space left on device"))
}

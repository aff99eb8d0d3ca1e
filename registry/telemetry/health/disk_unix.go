//go:build unix

package health

import (
	"fmt"
	"syscall"
)

// The room below which a disk is told.
const (
	littleRoom = 1 << 30
	noRoom     = 100 << 20
)

// Disk judges how much room there is where a folder is.
func Disk(folder string) (Level, string) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return Failed, "cannot be looked at: " + err.Error()
	}
	free := uint64(s.Bavail) * uint64(s.Bsize)
	detail := fmt.Sprintf("%d MiB free", free>>20)
	switch {
	case free < noRoom:
		return Failed, detail
	case free < littleRoom:
		return Warning, detail
	}
	return OK, detail
}

//go:build crash

package delivery

import (
	"math/rand/v2"
	"os"
	"strconv"
	"syscall"
)

// crashAt ends the program as kill -9 does, at the point that CRASH_AT names:
// after_claim, after_send, before_commit or after_commit. CRASH_ODDS is one in how many
// times; the default is every time.
func crashAt(point string) {
	if os.Getenv("CRASH_AT") != point {
		return
	}
	odds, err := strconv.Atoi(os.Getenv("CRASH_ODDS"))
	if err != nil || odds < 1 {
		odds = 1
	}
	if rand.IntN(odds) == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // until it arrives
	}
}

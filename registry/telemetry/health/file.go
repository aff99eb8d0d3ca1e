package health

import (
	"fmt"
	"os"
	"time"
)

// keyDays is the age at which a key is told to be old.
const keyDays = 400

// KeyFile judges a file with a secret: who may read it, and how old it is.
func KeyFile(name string, now time.Time) (Level, string) {
	info, err := os.Stat(name)
	if err != nil {
		return Failed, err.Error()
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return Failed, fmt.Sprintf("%s: others than its owner may use it (mode %#o)", name, mode)
	}
	if days := int(now.Sub(info.ModTime()).Hours() / 24); days > keyDays {
		return Warning, fmt.Sprintf("%s is %d days old", name, days)
	}
	return OK, fmt.Sprintf("%s: mode and age are as they should be", name)
}

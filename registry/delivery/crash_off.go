//go:build !crash

package delivery

// crashAt does nothing; with the build tag crash it ends the program at a named point.
func crashAt(string) {}

//go:build !unix

package health

// Disk cannot look at the room on this system, and says so.
func Disk(string) (Level, string) { return Warning, "the room on the disk is not known on this system" }

//go:build crash

package crash

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// tick is the unit of the kernel's counts (USER_HZ, which is 100 on every Linux).
const tick = 10 * time.Millisecond

// used is what processors have done, in ticks.
type used struct {
	machine int         // for all
	own     int         // for this process and those it started, which are still there
	each    map[int]int // for each of these, by its id
}

// usage is what processors have done until now.
func usage(t *testing.T) used {
	t.Helper()
	content, err := os.ReadFile("/proc/stat")
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(content), "\n")
	out := used{each: map[int]int{}}
	for i, field := range strings.Fields(line)[1:] {
		const idle, waiting, stolen = 3, 4, 7 // proc_stat(5)
		if i != idle && i != waiting && i <= stolen {
			out.machine += number(t, field)
		}
	}
	for id, p := range family(t) {
		out.each[id] = p.ticks
		out.own += p.ticks
	}
	return out
}

// running is a process.
type running struct {
	name          string
	parent, ticks int
}

// family are this process and those it started, and they.
func family(t *testing.T) map[int]running {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	all := map[int]running{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended meanwhile
		}
		_, name, _ := strings.Cut(string(content), "(")
		end := strings.LastIndex(name, ")") // which may be in the name too
		fields := strings.Fields(name[end+1:])
		all[number(t, strings.Split(file, "/")[2])] = running{name[:end], number(t, fields[1]), number(t, fields[11]) + number(t, fields[12])}
	}
	ours := map[int]running{}
	for id := range all {
		for of := id; of > 1; of = all[of].parent {
			if of == os.Getpid() {
				ours[id] = all[id]
				break
			}
		}
	}
	return ours
}

// processNamed is the process of a name among those we started.
func processNamed(t *testing.T, name string) int {
	t.Helper()
	for id, p := range family(t) {
		if p.name == name {
			return id
		}
	}
	t.Fatalf("no process is named %s", name)
	return 0
}

// setAffinity keeps a process to the processors from one to before another.
func setAffinity(t *testing.T, process, from, to int) {
	t.Helper()
	var processors unix.CPUSet
	for n := from; n < to; n++ {
		processors.Set(n)
	}
	tasks, err := os.ReadDir("/proc/" + strconv.Itoa(process) + "/task")
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		if err := unix.SchedSetaffinity(number(t, task.Name()), &processors); err != nil && err != unix.ESRCH { // it has ended
			t.Fatal(err)
		}
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

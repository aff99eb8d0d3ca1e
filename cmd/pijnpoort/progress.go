package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// unattended is how many bytes one file may have before a bar is shown for it.
const unattended = 8 << 20

// progress shows a bar of the bytes written to read, on standard error when that is a
// terminal and the work is large enough to wait for. finish takes the bar away.
func (m *Main) progress(list []input, several bool) (read io.Writer, finish func()) {
	total := int64(0)
	for _, in := range list {
		total += in.size
	}
	file, ok := m.Stderr.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) || !several && total < unattended {
		return io.Discard, func() {}
	}
	bar := progressbar.NewOptions64(max(total, 1), progressbar.OptionSetWriter(m.Stderr), progressbar.OptionShowBytes(true),
		progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
	return counter{bar}, func() { _ = bar.Finish() }
}

// counter counts bytes on a bar. A bar that fails must not fail the reading.
type counter struct{ bar *progressbar.ProgressBar }

func (c counter) Write(p []byte) (int, error) {
	_ = c.bar.Add(len(p))
	return len(p), nil
}

package advice

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// width is the number of columns that text is aligned to.
const width = 100

// page builds text in lines of at most width columns.
type page struct {
	strings.Builder
	coloured bool
}

// style is an ANSI code for text on a terminal.
type style string

// The styles in use.
const (
	plain  style = ""
	bold   style = "1"
	faint  style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
)

func (p *page) styled(s style, text string) string {
	if !p.coloured || s == plain {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// line writes one line, clipped to the page.
func (p *page) line(s style, text string) {
	p.WriteString(p.styled(s, clip(text, width)))
	p.WriteByte('\n')
}

// section writes an empty line and a title.
func (p *page) section(title string) {
	p.WriteByte('\n')
	start := p.Len()
	p.wrap("", "  ", title)
	if p.coloured {
		written := p.String()
		p.Reset()
		p.WriteString(written[:start] + p.styled(bold, strings.TrimSuffix(written[start:], "\n")) + "\n")
	}
}

// wrap writes text under a first indent, continued under the next, so that no
// line is wider than the page; a single word that is wider is kept whole.
func (p *page) wrap(first, next, text string) {
	line := first
	used := utf8.RuneCountInString(first)
	empty := true
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		if !empty && used+1+n > width {
			p.WriteString(line + "\n")
			line, used, empty = next, utf8.RuneCountInString(next), true
		}
		if !empty {
			line += " "
			used++
		}
		line += word
		used += n
		empty = false
	}
	p.WriteString(line + "\n")
}

// pad fills text with spaces up to a number of columns.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-utf8.RuneCountInString(text)))
}

// coloured reports whether w is a terminal.
func coloured(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

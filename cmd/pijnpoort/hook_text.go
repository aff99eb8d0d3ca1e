package main

import (
	"html"
	"io"
	"regexp"
	"strings"
)

var (
	tableRule    = regexp.MustCompile(`^\|[\s:|-]+\|$`)
	cellBorder   = regexp.MustCompile(`\s*\|\s*`)
	emphasis     = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	escaped      = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!|<>-])")
	escapedStand = regexp.MustCompile(`\\\|`)
)

const pageWidth = 100

// plainText writes Markdown for a terminal: marks are taken off, and a row of a table is
// a paragraph, its cells one after the other.
func plainText(w io.Writer, markdown string) error {
	var b strings.Builder
	const bar = "\x00" // a | that is no border
	for line := range strings.Lines(strings.TrimRight(markdown, "\n") + "\n") {
		line = strings.TrimRight(line, "\n")
		indent := ""
		switch {
		case tableRule.MatchString(line):
			continue
		case strings.HasPrefix(line, "|"):
			line = strings.Trim(escapedStand.ReplaceAllString(line, bar), "| ")
			line, indent = "• "+strings.ReplaceAll(cellBorder.ReplaceAllString(line, " · "), bar, "|"), "    "
		case strings.HasPrefix(line, "- "):
			line, indent = "  "+line, "    "
		case strings.HasPrefix(line, "# "):
			line = line[len("# "):]
		}
		line = emphasis.ReplaceAllString(line, "$1")
		line = html.UnescapeString(escaped.ReplaceAllString(line, "$1"))
		b.WriteString(wrapped(line, indent) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// wrapped breaks a line between words to fit the page; what follows is indented.
func wrapped(line, indent string) string {
	var b strings.Builder
	start := line[:len(line)-len(strings.TrimLeft(line, " "))]
	b.WriteString(start)
	width := len(start)
	for i, word := range strings.Fields(line) {
		length := len([]rune(word))
		switch {
		case i > 0 && width+1+length > pageWidth:
			b.WriteString("\n" + indent)
			width = len(indent)
		case i > 0:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += length
	}
	return b.String()
}

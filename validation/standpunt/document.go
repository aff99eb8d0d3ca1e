package standpunt

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The documents that entries come from.
const (
	// StandpuntNVA is the Standpunt Neuromodulatie bij chronische pijn.
	StandpuntNVA = "standpunt-nva"
	// ConceptZIN2019 is the page of the Zorginstituut on the concept of June 2019.
	ConceptZIN2019 = "concept-zin-2019"
)

// Passage says where the words of an entry stand in the plain text of its document,
// and by what hash they are recognised; it does not hold the words.
//
// The words are found so. Each pair of Lines is a first and a last line, counted
// from 1, both included; a line ends at a line feed. In the text of such a range
// every run of Unicode white space (line ends and form feeds too) becomes one
// space, and white space at the ends goes. Of the result the characters (Unicode
// code points) from From[i] up to but not including To[i] are the piece of range
// i; without From and To the piece is the whole. The passage is the pieces
// joined by a line feed, and SHA256 is the SHA-256 of its UTF-8 bytes in
// lower-case hexadecimal.
type Passage struct {
	Lines  [][2]int `json:"lines"`
	From   []int    `json:"from,omitempty"`
	To     []int    `json:"to,omitempty"`
	SHA256 string   `json:"sha256"`
}

var (
	// ErrOtherDocument means that an entry comes from another document.
	ErrOtherDocument = errors.New("entry comes from another document")
	// ErrDocumentDiffers means that the text at the place of a passage is not the
	// text that the catalogue was made from.
	ErrDocumentDiffers = errors.New("document differs from the one the catalogue was made from")
)

// Document is a site's own copy of the text of a document.
type Document struct {
	name  string
	lines []string
}

// ReadDocument reads the plain UTF-8 text of the document with a name: StandpuntNVA
// or ConceptZIN2019. It does not yet compare the text with the catalogue.
func ReadDocument(name string, r io.Reader) (*Document, error) {
	if name != StandpuntNVA && name != ConceptZIN2019 {
		return nil, fmt.Errorf("standpunt: no document named %q; known are %s and %s", name, StandpuntNVA, ConceptZIN2019)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("standpunt: document %s: %w", name, err)
	}
	if !utf8.Valid(b) {
		return nil, fmt.Errorf("standpunt: document %s: the text is not UTF-8", name)
	}
	return &Document{name: name, lines: strings.Split(string(b), "\n")}, nil
}

// Passage gives the words of the document that an entry rests on; where they come
// from several places, one line for each. The error is ErrOtherDocument or
// ErrDocumentDiffers, with the entry and the lines.
func (d *Document) Passage(c Criterion) (string, error) {
	if c.Source.Document != d.name {
		return "", fmt.Errorf("standpunt: %s: %w: %s, not %s", c.ID, ErrOtherDocument, c.Source.Document, d.name)
	}
	pieces := make([]string, len(c.Passage.Lines))
	for i := range c.Passage.Lines {
		piece, err := d.piece(c.Passage, i)
		if err != nil {
			return "", fmt.Errorf("standpunt: %s: %s: %w: %w", c.ID, d.name, ErrDocumentDiffers, err)
		}
		pieces[i] = piece
	}
	words := strings.Join(pieces, "\n")
	if digest(words) != c.Passage.SHA256 {
		return "", fmt.Errorf("standpunt: %s: %s: %w: other words at lines %v", c.ID, d.name, ErrDocumentDiffers, c.Passage.Lines)
	}
	return words, nil
}

func (d *Document) piece(p Passage, i int) (string, error) {
	first, last := p.Lines[i][0], p.Lines[i][1]
	if first < 1 || last < first || last > len(d.lines) {
		return "", fmt.Errorf("lines %d-%d are not in a text of %d lines", first, last, len(d.lines))
	}
	text := collapse(strings.Join(d.lines[first-1:last], "\n"))
	if len(p.From) == 0 {
		return text, nil
	}
	characters := []rune(text)
	from, to := p.From[i], p.To[i]
	if from < 0 || to < from || to > len(characters) {
		return "", fmt.Errorf("characters %d-%d are not in the %d of lines %d-%d", from, to, len(characters), first, last)
	}
	return string(characters[from:to]), nil
}

func collapse(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

func digest(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:])
}

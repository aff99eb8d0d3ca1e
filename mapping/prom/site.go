package prom

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// Site is the map a site writes of its own forms (YAML or JSON; unknown keys
// are errors):
//
//	questionnaires:
//	  - canonical: https://hospital.example/Questionnaire/rug|2.0   # without version: any
//	    items: {q1: odi.1, q2: odi.2, total: odi.total}            # linkId -> item or stored score
//	    answers: {q1: {none: 0, mild: 1}}                          # linkId, or "*" for all -> answer -> value
//	    notApplicable: ["nvt"]                                     # answers that count as missing
//	    encoding: {odi: index1}                                    # what numbers mean; default: the instrument's values
//	codes: {"https://hospital.example/cs|PIJN7": nrs.1}            # Questionnaire item code -> item
//	texts: {<TextHash of an item text>: hads.1}
//	encoding: {hads: index0}                                       # of forms recognised by code or text
//
// An answer is named by "system|code", its code, its display, its string or
// its number, in that order. Answers that are declared but not listed are not
// scored. Forms of which each holds a part of an instrument list their own part.
type Site struct {
	Questionnaires []Form              `yaml:"questionnaires"`
	Codes          map[string]string   `yaml:"codes"`
	Texts          map[string]string   `yaml:"texts"`
	NotApplicable  []string            `yaml:"notApplicable"`
	Encoding       map[string]Encoding `yaml:"encoding"`
}

// Form is the declared map of one Questionnaire.
type Form struct {
	Canonical     string                      `yaml:"canonical"`
	Items         map[string]string           `yaml:"items"`
	Answers       map[string]map[string]Whole `yaml:"answers"`
	NotApplicable []string                    `yaml:"notApplicable"`
	Encoding      map[string]Encoding         `yaml:"encoding"`
}

// Whole is a whole number; a fraction is an error instead of being cut off.
type Whole int64

// UnmarshalYAML reads decimal digits.
func (w *Whole) UnmarshalYAML(b []byte) error {
	n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64)
	if err != nil {
		return errors.New("want a whole number")
	}
	*w = Whole(n)
	return nil
}

// Encoding says what the numbers in a form's answers are.
type Encoding string

// The encodings.
const (
	Value    Encoding = "value"    // the instrument's own values, as in our Questionnaires
	Index0   Encoding = "index0"   // the place of the option as printed, the first is 0
	Index1   Encoding = "index1"   // the place of the option as printed, the first is 1
	Reversed Encoding = "reversed" // the instrument's values from the other end: 7 is best in a GPE
)

var encodings = []Encoding{Value, Index0, Index1, Reversed}

// ReadSite reads a site's map and checks it.
func ReadSite(r io.Reader) (Site, error) {
	var s Site
	document, err := io.ReadAll(r)
	if err != nil {
		return s, fmt.Errorf("read PROM map: %w", err)
	}
	err = yaml.NewDecoder(bytes.NewReader(document), yaml.Strict()).Decode(&s)
	if err != nil && !errors.Is(err, io.EOF) {
		return s, fmt.Errorf("read PROM map: %w", err)
	}
	if err := s.check(); err != nil {
		return s, fmt.Errorf("PROM map: %w", err)
	}
	return s, nil
}

// TextHash is the key under which a site registers an item text: SHA-256, in
// hexadecimal, of the text with its white space made single. A text that
// differs in one letter is another text.
func TextHash(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	return hex.EncodeToString(sum[:])
}

func (s *Site) check() error {
	var errs []error
	seen := make(map[string]bool)
	for k := range s.Questionnaires {
		f := &s.Questionnaires[k]
		if f.Canonical == "" || seen[f.Canonical] {
			errs = append(errs, fmt.Errorf("questionnaires[%d]: canonical is empty or stands twice", k))
		}
		seen[f.Canonical] = true
		errs = append(errs, f.check()...)
	}
	errs = append(errs, checkTargets("codes", s.Codes)...)
	errs = append(errs, checkTargets("texts", s.Texts)...)
	errs = append(errs, checkEncodings("encoding", s.Encoding)...)
	return errors.Join(errs...)
}

func (f *Form) check() []error {
	errs := checkTargets(f.Canonical+": items", f.Items)
	taken := make(map[string]string)
	for _, linkID := range sortedKeys(f.Items) {
		target := f.Items[linkID]
		if other, ok := taken[target]; ok {
			errs = append(errs, fmt.Errorf("%s: items %q and %q are both %s", f.Canonical, other, linkID, target))
		}
		taken[target] = linkID
	}
	for _, linkID := range sortedKeys(f.Answers) {
		if _, ok := f.Items[linkID]; !ok && linkID != "*" {
			errs = append(errs, fmt.Errorf("%s: answers of %q, which is not under items", f.Canonical, linkID))
		}
	}
	return append(errs, checkEncodings(f.Canonical+": encoding", f.Encoding)...)
}

func checkTargets(where string, targets map[string]string) (errs []error) {
	for _, key := range sortedKeys(targets) {
		if _, ok := places[targets[key]]; !ok {
			errs = append(errs, fmt.Errorf("%s: %q leads to %q, which is no item or score", where, key, targets[key]))
		}
	}
	return errs
}

func checkEncodings(where string, m map[string]Encoding) (errs []error) {
	for _, id := range sortedKeys(m) {
		if ByID(id) == nil || !slices.Contains(encodings, m[id]) {
			errs = append(errs, fmt.Errorf("%s: %q: %q; want an instrument and one of %q", where, id, m[id], encodings))
		}
	}
	return errs
}

// form finds the declared map for a canonical: the one for exactly this
// version first, then the one for any version.
func (s *Site) form(canonical string) *Form {
	url, _, _ := strings.Cut(canonical, "|")
	var anyVersion *Form
	for k := range s.Questionnaires {
		switch s.Questionnaires[k].Canonical {
		case canonical:
			return &s.Questionnaires[k]
		case url:
			anyVersion = &s.Questionnaires[k]
		}
	}
	return anyVersion
}

// number gives an item's value for a number n of the form. An unknown encoding
// (of a Site that was not checked) gives ok false.
func (e Encoding) number(item *Item, n int64) (value int64, ok bool) {
	forward := func(index int64) int64 {
		if item.WorstFirst {
			return item.Max - index
		}
		return item.Min + index
	}
	switch e {
	case Value:
		return n, true
	case Index0:
		return forward(n), true
	case Index1:
		return forward(n - 1), true
	case Reversed:
		return item.Max + item.Min - n, true
	}
	return 0, false
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

type explainCommand struct {
	Criterion string `arg:"" optional:"" help:"Id of a criterion or of a reading (A05); all ids when left out."`
	Format    format `enum:",text,json" default:"" help:"text (default) or json." placeholder:"text|json"`
	Lang      string `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
}

// Run explains one criterion, or lists all.
func (c *explainCommand) Run(m *Main, settings config.Config) error {
	lang := settings.Language
	if c.Lang != "" {
		lang = c.Lang
	}
	a, err := c.explanation(settings, lang)
	if err != nil {
		return err
	}
	if c.Format != asJSON {
		return a.text(m.Stdout)
	}
	encoder := json.NewEncoder(m.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(a.value)
}

func (c *explainCommand) explanation(settings config.Config, lang string) (answer, error) {
	if c.Criterion == "" {
		return answer{standpunt.All(), func(w io.Writer) error { return advice.CatalogueText(w, lang) }}, nil
	}
	if reading, ok := standpunt.FindReading(strings.ToUpper(c.Criterion)); ok {
		return answer{reading, func(w io.Writer) error { return advice.ReadingText(w, *reading, lang) }}, nil
	}
	criterion, ok := standpunt.Find(c.Criterion)
	if !ok {
		return answer{}, usageError{fmt.Errorf("no criterion %q; perhaps: %s", c.Criterion, strings.Join(nearest(c.Criterion), ", "))}
	}
	passage, err := quote(settings.Site.Standpunt, *criterion)
	if err != nil {
		return answer{}, err
	}
	e := advice.Explain(*criterion, settings.Site.Readings)
	e.Passage = passage
	return answer{e, func(w io.Writer) error { return e.WriteText(w, lang) }}, nil
}

// quote is the passage of a criterion in the site's own copy of the standpunt; empty
// without such a copy, or when the criterion comes from another document.
func quote(path string, criterion standpunt.Criterion) (string, error) {
	if path == "" {
		return "", nil
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("site.standpunt: %w", err)
	}
	defer file.Close()
	document, err := standpunt.ReadDocument(standpunt.StandpuntNVA, file)
	if err != nil {
		return "", fmt.Errorf("site.standpunt: %w", err)
	}
	passage, err := document.Passage(criterion)
	if err != nil && !errors.Is(err, standpunt.ErrOtherDocument) {
		return "", fmt.Errorf("site.standpunt: %w", err)
	}
	return passage, nil
}

// nearest are the three ids most like a misspelt one: those that hold it, dashes aside, or
// of which some part of its length is fewest letters away.
func nearest(id string) []string {
	wanted := strings.ReplaceAll(strings.ToLower(id), "-", "")
	distance := func(c standpunt.Criterion) int {
		whole := strings.ReplaceAll(c.ID, "-", "")
		if strings.Contains(whole, wanted) {
			return 0
		}
		least := levenshtein.ComputeDistance(whole, wanted)
		for start := 0; start+len(wanted) <= len(whole); start++ {
			least = min(least, 1+levenshtein.ComputeDistance(whole[start:start+len(wanted)], wanted))
		}
		return least
	}
	all := standpunt.All()
	slices.SortStableFunc(all, func(a, b standpunt.Criterion) int { return distance(a) - distance(b) })
	ids := make([]string, 3)
	for i := range ids {
		ids[i] = all[i].ID
	}
	return ids
}

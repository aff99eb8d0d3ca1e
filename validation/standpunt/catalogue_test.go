package standpunt

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheCatalogueHolds200EntriesInTheOrderOfTheDocument(t *testing.T) {
	entries := All()
	if len(entries) != 200 {
		t.Errorf("got %d entries, want 200", len(entries))
	}
	for i, c := range entries {
		if c.Number != i+1 {
			t.Fatalf("entry at place %d has number %d (%s)", i+1, c.Number, c.ID)
		}
	}
}

func TestEveryEntrySaysWhatItAsksAndWhereThatStands(t *testing.T) {
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	chapters := map[string][]string{
		StandpuntNVA:   {"inleiding", "1", "2", "3", "bijlage 1", "bijlage 2", "bijlage 3"},
		ConceptZIN2019: {"conceptstandpunt"},
	}
	phases := []string{
		"coverage", "preparation", "trial", "definitive", "aftercare", "doubt", "preparation + aftercare",
		"all phases", "centre", "agreement", "registry", "coverage (concept June 2019)",
	}
	scopes := []string{
		"all", "fbss", "fnss", "crps", "pdn", "sfn", "cch", "phn", "nerve-injury-neuropathy", "angina", "pad",
		"centre", "regional-agreement", "concept-2019",
	}
	kinds := []Kind{Inclusion, Exclusion, RelativeContraindication, Consideration, Obligation, Norm}
	effects := []Effect{
		Coverage, NotCovered, Decisive, Remediable, Referral, Caution, Warning, DutyOfCare, Decision, Centre,
		Agreement, Report, Helper, Aggregate, Selector, NoEffect, History,
	}
	for _, c := range All() {
		if !id.MatchString(c.ID) {
			t.Errorf("entry %d: id %q is not kebab-case", c.Number, c.ID)
		}
		if !slices.Contains(phases, c.Phase) {
			t.Errorf("%s: unknown phase %q", c.ID, c.Phase)
		}
		if !slices.Contains(kinds, c.Kind) {
			t.Errorf("%s: unknown kind %q", c.ID, c.Kind)
		}
		if !slices.Contains(effects, c.Effect) {
			t.Errorf("%s: unknown effect %q", c.ID, c.Effect)
		}
		if len(c.AppliesTo) == 0 || slices.ContainsFunc(c.AppliesTo, func(s string) bool { return !slices.Contains(scopes, s) }) {
			t.Errorf("%s: applies to %q", c.ID, c.AppliesTo)
		}
		if !slices.Contains(chapters[c.Source.Document], c.Source.Chapter) || c.Source.Heading == "" {
			t.Errorf("%s: source %+v is not a place in a document", c.ID, c.Source)
		}
		if c.Title == (Text{}) || c.Text == (Text{}) {
			t.Errorf("%s: lacks title or text", c.ID)
		}
	}
}

func TestEveryWordingIsThereInBothLanguages(t *testing.T) {
	check := func(where string, texts ...Text) {
		for _, text := range texts {
			for _, s := range []string{text.NL, text.EN} {
				if strings.TrimSpace(s) != s {
					t.Errorf("%s: white space around %q", where, s)
				}
			}
			if (text.NL == "") != (text.EN == "") {
				t.Errorf("%s: in one language only: %+v", where, text)
			}
		}
	}
	for _, c := range All() {
		check(c.ID, c.Title, c.Text, c.Note, c.Logic.Met, c.Logic.NotMet, c.Logic.Unknown, c.Logic.NotApplicable)
	}
	for _, r := range Readings() {
		if r.Issue == (Text{}) || r.Default.Text == (Text{}) {
			t.Errorf("%s: lacks its issue or default", r.ID)
		}
		check(r.ID, r.Issue, r.Default.Text)
		for _, c := range r.Alternatives {
			check(r.ID+" "+c.Key, c.Text)
		}
	}
}

func TestEveryPassageCanBeFoundByLinesAndCharacters(t *testing.T) {
	hash := regexp.MustCompile(`^[0-9a-f]{64}$`)
	for _, c := range All() {
		p := c.Passage
		if len(p.Lines) == 0 || !hash.MatchString(p.SHA256) {
			t.Errorf("%s: passage without lines or hash", c.ID)
		}
		if len(p.From) != len(p.To) || len(p.From) != 0 && len(p.From) != len(p.Lines) {
			t.Errorf("%s: %d line ranges with %d starts and %d ends", c.ID, len(p.Lines), len(p.From), len(p.To))
		}
	}
}

func TestReadingsAndEntriesNameEachOther(t *testing.T) {
	readings := Readings()
	if len(readings) != 48 || readings[0].ID != "A00" || readings[47].ID != "A47" {
		t.Errorf("got %d readings, want A00 to A47", len(readings))
	}
	for _, r := range readings {
		for _, id := range r.Criteria {
			c, ok := Find(id)
			if !ok {
				t.Errorf("%s names entry %q, which does not exist", r.ID, id)
			} else if !slices.Contains(c.Readings, r.ID) {
				t.Errorf("%s names entry %s, which does not name it back", r.ID, id)
			}
		}
		if len(r.Criteria) == 0 {
			t.Errorf("%s bears on no entry", r.ID)
		}
	}
	for _, c := range All() {
		for _, id := range c.Readings {
			r, ok := FindReading(id)
			if !ok {
				t.Errorf("%s names reading %q, which does not exist", c.ID, id)
			} else if !slices.Contains(r.Criteria, c.ID) {
				t.Errorf("%s names reading %s, which does not name it back", c.ID, id)
			}
		}
	}
}

func TestAReadingIsChosenByKey(t *testing.T) {
	key := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, r := range Readings() {
		seen := map[string]bool{}
		for _, c := range append([]Choice{r.Default}, r.Alternatives...) {
			if !key.MatchString(c.Key) || seen[c.Key] {
				t.Errorf("%s: key %q is not kebab-case or stands twice", r.ID, c.Key)
			}
			seen[c.Key] = true
			if got, ok := r.Choice(c.Key); !ok || got != c {
				t.Errorf("%s: choice %q is not found by its key", r.ID, c.Key)
			}
		}
		if _, ok := r.Choice("no-such-choice"); ok {
			t.Errorf("%s: found a choice that it does not have", r.ID)
		}
	}
	if r, ok := FindReading("A02"); !ok || r.Default.Key != "pooled-mean" {
		t.Error("the default of A02 is not pooled-mean")
	}
}

func TestFind(t *testing.T) {
	c, ok := Find("sfn-excl-pain-elsewhere")
	if !ok || c.Number != 117 || c.Kind != Exclusion || c.Effect != Decisive {
		t.Errorf("sfn-excl-pain-elsewhere: got %+v, %v", c, ok)
	}
	if _, ok := Find("no-such-entry"); ok {
		t.Error("found an entry that does not exist")
	}
	if _, ok := FindReading("A48"); ok {
		t.Error("found a reading that does not exist")
	}
}

func TestTextSpeaksDutchUnlessAskedForEnglish(t *testing.T) {
	text := Text{NL: "pijn", EN: "pain"}
	for lang, want := range map[string]string{"en": "pain", "nl": "pijn", "": "pijn", "de": "pijn"} {
		if got := text.In(lang); got != want {
			t.Errorf("In(%q) = %q, want %q", lang, got, want)
		}
	}
}

func TestFaultyDataIsRefused(t *testing.T) {
	tests := map[string]struct {
		files map[string]string
		want  string
	}{
		"unknown key":   {map[string]string{"data/a.json": `[{"id": "x", "colour": "red"}]`}, "data/a.json"},
		"repeated key":  {map[string]string{"data/a.json": `[{"id": "x", "id": "y"}]`}, "data/a.json"},
		"not JSON":      {map[string]string{"data/readings.json": `[`}, "data/readings.json"},
		"entry twice":   {map[string]string{"data/a.json": `[{"id": "x"}]`, "data/b.json": `[{"id": "x"}]`}, `entry "x" stands twice`},
		"reading twice": {map[string]string{"data/readings.json": `[{"id": "A00"}, {"id": "A00"}]`}, `reading "A00" stands twice`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{}
			for file, content := range test.files {
				files[file] = &fstest.MapFile{Data: []byte(content)}
			}
			_, err := parse(files)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

package centre

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Benchmark is a proportion, rate or median of many centres together, as a registry
// returned it in a MeasureReport. There is none but what was returned.
type Benchmark struct {
	Source   string  // file it was read from
	Measure  string  // canonical|version
	Group    string  // code
	From, To string  // of the period, as sent
	Reporter string  // identifier "system|value" of who reports; may be empty
	Score    float64 // as sent: a proportion from 0 to 1
	Unit     string
	Size     int // denominator, measure-population or initial-population; 0 when not told
}

// Comparison is a figure beside its benchmark.
type Comparison struct {
	Figure    string         `json:"figure"`
	Measure   string         `json:"measure"`
	Title     standpunt.Text `json:"title"`
	Own       *float64       `json:"own"`
	Benchmark float64        `json:"benchmark"`
	Size      int            `json:"size"`
	Reporter  string         `json:"reporter"`
	Source    string         `json:"source"`
	// Differs: the benchmark lies outside the interval of the own figure; unknown (nil)
	// without an interval.
	Differs *bool `json:"differs"`
}

// summary is what is read of a MeasureReport.
type summary struct {
	ResourceType string
	Type         string
	Status       string
	Measure      string
	Period       struct{ Start, End string }
	Reporter     struct {
		Reference  string
		Identifier struct{ System, Value string }
	}
	Group []struct {
		Code         concept
		MeasureScore *struct {
			Value json.Number
			Code  string
		}
		Population []struct {
			Code  concept
			Count *int
		}
	}
}

type concept struct {
	Coding []struct{ System, Code string }
}

func (c concept) code() string {
	if len(c.Coding) == 0 {
		return ""
	}
	return c.Coding[0].Code
}

// ReadBenchmarks reads the MeasureReports (JSON) in a folder. Other files are passed over;
// a MeasureReport that cannot be used is an error that names it.
func ReadBenchmarks(folder fs.FS) ([]Benchmark, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, err
	}
	list := []Benchmark{}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".json" {
			continue
		}
		content, err := fs.ReadFile(folder, e.Name())
		if err != nil {
			return nil, err
		}
		read, err := readBenchmark(e.Name(), content)
		if err != nil {
			return nil, fmt.Errorf("benchmark %s: %w", e.Name(), err)
		}
		list = append(list, read...)
	}
	return list, nil
}

func readBenchmark(source string, content []byte) ([]Benchmark, error) {
	var s summary
	if err := json.Unmarshal(content, &s); err != nil {
		return nil, errors.New("not a FHIR resource in JSON")
	}
	switch {
	case s.ResourceType != "MeasureReport":
		return nil, nil
	case s.Type != "summary":
		return nil, errors.New("type is not summary")
	case s.Status != "complete":
		return nil, errors.New("status is not complete")
	case !strings.Contains(s.Measure, "|"):
		return nil, errors.New("measure names no version")
	case len(s.Period.Start) < 4 || len(s.Period.End) < 4:
		return nil, errors.New("period lacks a start or end")
	}
	var list []Benchmark
	for i, g := range s.Group {
		if g.MeasureScore == nil {
			continue // masked, or a count that is no benchmark
		}
		score, err := g.MeasureScore.Value.Float64()
		if err != nil || g.Code.code() == "" {
			return nil, fmt.Errorf("group[%d] has no code, or a measureScore without a value", i)
		}
		b := Benchmark{Source: source, Measure: s.Measure, Group: g.Code.code(), From: s.Period.Start, To: s.Period.End, Reporter: s.Reporter.Reference, Score: score, Unit: g.MeasureScore.Code}
		if id := s.Reporter.Identifier; id.Value != "" {
			b.Reporter = id.System + "|" + id.Value
		}
		for _, p := range g.Population {
			if p.Count != nil && slices.Contains([]string{"denominator", "measure-population"}, p.Code.code()) {
				b.Size = *p.Count
			}
		}
		list = append(list, b)
	}
	return list, nil
}

// compare puts each benchmark of the year beside the figure of the same measure, version
// and group. What the centre itself reported is no benchmark.
func compare(r *Report, benchmarks []Benchmark) []Comparison {
	list := []Comparison{}
	for _, b := range benchmarks {
		if b.Reporter != "" && b.Reporter == r.Identifier || b.From[:4] != fmt.Sprint(r.Year) || b.To[:4] != fmt.Sprint(r.Year) {
			continue
		}
		for i := range r.Figures {
			f := &r.Figures[i]
			if b.Measure != f.Canonical() || b.Group != f.ID || b.Unit != f.ScoreUnit() {
				continue
			}
			c := Comparison{Figure: f.ID, Measure: f.Measure, Title: f.Title, Own: f.Score, Benchmark: b.Score, Size: b.Size, Reporter: b.Reporter, Source: b.Source}
			if f.Interval != nil {
				differs := b.Score < f.Interval.Low || b.Score > f.Interval.High
				c.Differs = &differs
			}
			list = append(list, c)
		}
	}
	return list
}

// MeasureVersion is the version of the Measures that the figures are of.
const MeasureVersion = profiles.Version

// Canonical is the canonical of the figure's Measure, with its version.
func (f *Figure) Canonical() string {
	return mapping.CanonicalBase + "/Measure/" + f.Measure + "|" + MeasureVersion
}

// scoreUnits are the units (UCUM) of a score.
var scoreUnits = map[Kind]string{Proportion: "1", Rate: "/(100.a)"}

// ScoreUnit is the unit (UCUM) of the figure's score; empty for a count.
func (f *Figure) ScoreUnit() string {
	if f.Kind == Distribution {
		return f.ValueUnit
	}
	return scoreUnits[f.Kind]
}

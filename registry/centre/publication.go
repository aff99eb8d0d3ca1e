package centre

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// Publication is what of a report is told to registries: the figures of its year, by
// Measure. It is kept, and makes the same MeasureReports whenever one is sent.
type Publication struct {
	Identifier string             `json:"identifier"` // of the centre, "system|value"
	Year       int                `json:"year"`
	Measures   []PublishedMeasure `json:"measures"`
}

// PublishedMeasure is one MeasureReport of a publication.
type PublishedMeasure struct {
	Measure string `json:"measure"` // id of the Measure
	Version string `json:"version"` // of the Measure
	// AsOf is the day of the report that first told these figures.
	AsOf    string   `json:"asOf"` // YYYY-MM-DD
	Figures []Figure `json:"figures"`
}

// The reasons why a report is not told to registries.
var (
	errRunning = errors.New("centre: the year has not ended: its report is not final, and is not told to registries")
	errNothing = errors.New("centre: no procedure of the year is on record: a report would tell of numbers that nobody knows, and is not told to registries")
)

// Publish makes what is told of a report. kept is what was told before of the same centre
// and year; nil when nothing was. A Measure whose figures are still the same keeps the day on
// which they were first told, so that it is not told again. What the report no longer has, or
// has in another version of the Measure, is left out, and so withdrawn by the delivery. Small
// counts are withheld when it is sent.
func Publish(r *Report, kept *Publication, makers []string) (*Publication, error) {
	switch {
	case r.Running:
		return nil, errRunning
	case r.Received.Counted == 0, !r.recorded(""):
		return nil, errNothing
	}
	p := &Publication{Identifier: r.Identifier, Year: r.Year}
	before := map[string]PublishedMeasure{}
	if kept != nil {
		for _, m := range kept.Measures {
			before[m.key()] = m
		}
	}
	figures := outward(r.Figures, makers)
	for _, id := range measuresOf(figures) {
		m := PublishedMeasure{Measure: id, Version: MeasureVersion, AsOf: r.AsOf.String()}
		for _, f := range figures {
			if f.Measure == id {
				m.Figures = append(m.Figures, f)
			}
		}
		told, was := before[m.key()]
		same, err := sameFigures(told.Figures, m.Figures)
		if err != nil {
			return nil, err
		}
		if was && same {
			m.AsOf = told.AsOf
		}
		p.Measures = append(p.Measures, m)
	}
	_, err := p.Reports()
	return p, err
}

// key tells a measure of one version from others.
func (m PublishedMeasure) key() string { return m.Measure + "/" + m.Version }

// sameFigures compares figures as they are written down.
func sameFigures(a, b []Figure) (bool, error) {
	one, err := json.Marshal(a)
	if err == nil {
		var other []byte
		if other, err = json.Marshal(b); err == nil {
			return bytes.Equal(one, other), nil
		}
	}
	return false, fmt.Errorf("centre: figures cannot be written: %w", err)
}

// ReadPublication reads what Publication.JSON wrote.
func ReadPublication(text []byte) (*Publication, error) {
	p := new(Publication)
	if err := json.Unmarshal(text, p); err != nil {
		return nil, fmt.Errorf("centre: a publication cannot be read: %w", err)
	}
	return p, nil
}

// JSON writes a publication, to be kept.
func (p *Publication) JSON() ([]byte, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("centre: a publication cannot be written: %w", err)
	}
	return text, nil
}

// Reports are the MeasureReports of a publication, small counts withheld.
func (p *Publication) Reports() ([]*encode.MeasureReport, error) {
	var list []*encode.MeasureReport
	for _, m := range p.Measures {
		day, err := mapping.ParseDay(m.AsOf)
		if err != nil {
			return nil, fmt.Errorf("centre: a publication cannot be read: %w", err)
		}
		of := Report{Identifier: p.Identifier, Year: p.Year, AsOf: day}
		report, err := of.summary(m.Measure, m.Version, m.Figures, Reporting{})
		if err != nil {
			return nil, err
		}
		list = append(list, report)
	}
	return list, nil
}

package advice

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// What becomes of a received resource.
const (
	Used     = "used"
	Ignored  = "ignored"
	Rejected = "rejected"
)

// Fate is what became of one received resource, and of its elements as far as that is
// known.
type Fate struct {
	Resource string             `json:"resource"` // "Type/id", or its place
	Fate     string             `json:"fate"`
	Path     string             `json:"path,omitempty"`     // of the element that decided
	Reason   string             `json:"reason,omitempty"`   // why it was ignored or rejected
	Gave     []Taken            `json:"gave,omitempty"`     // what was taken from it
	Unmapped []mapping.Unmapped `json:"unmapped,omitempty"` // codes and texts in it that mean nothing
}

// Taken is an element that something of the record rests on. A resource can be used
// without any: one that another refers to.
type Taken struct {
	Fact string `json:"fact"` // id of a fact, or indication.fbss, pain.intake.nrs, instrument.odi, visit, contact
	Path string `json:"path"`
	Via  string `json:"via,omitempty"` // by which code it was understood
}

// Fates tells the fate of every resource of a chart that was mapped to a record: as
// many as were received, in the order of the input, with those of types that are not
// read and those rejected at the end.
func Fates(chart *fhir.Chart, r *mapping.Record) []Fate {
	fates := make([]Fate, 0, chart.Received())
	skipped := len(chart.Skipped)
	ignored := r.Report.Ignored[skipped:] // those skipped come first, then the rest in the order of the resources
	for _, resource := range chart.Resources {
		fate := Fate{Resource: fhir.Name(resource), Fate: Used}
		if len(ignored) > 0 && ignored[0].Resource == fate.Resource {
			fate.Fate, fate.Path, fate.Reason = Ignored, ignored[0].Path, ignored[0].Reason
			ignored = ignored[1:]
		}
		fates = append(fates, fate)
	}
	for _, f := range r.Report.Ignored[:skipped] {
		fates = append(fates, Fate{Resource: f.Resource, Fate: Ignored, Path: f.Path, Reason: f.Reason})
	}
	for _, f := range r.Report.Rejected {
		fates = append(fates, Fate{Resource: f.Resource, Fate: Rejected, Path: f.Path, Reason: f.Reason})
	}
	attach(fates, r)
	return fates
}

// attach gives each resource what was taken from it and what was not understood. Of
// several with one name the first gets all; what was contained goes to none.
func attach(fates []Fate, r *mapping.Record) {
	byName := make(map[string]*Fate, len(fates))
	for i := range fates {
		if byName[fates[i].Resource] == nil {
			byName[fates[i].Resource] = &fates[i]
		}
	}
	taken(r, func(fact string, e mapping.Evidence) {
		f := byName[e.Resource]
		if one := (Taken{fact, e.Path, e.Via}); f != nil && !slices.Contains(f.Gave, one) {
			f.Gave = append(f.Gave, one)
		}
	})
	for _, u := range r.Report.Unmapped {
		if f := byName[u.Resource]; f != nil {
			f.Unmapped = append(f.Unmapped, u)
		}
	}
}

// taken calls give for everything in the record that rests on an element.
func taken(r *mapping.Record, give func(fact string, e mapping.Evidence)) {
	all := func(fact string, list []mapping.Evidence) {
		for _, e := range list {
			give(fact, e)
		}
	}
	for _, f := range r.Sorted() {
		for i := range f.Values {
			all(f.ID, f.Values[i].Evidence)
		}
	}
	for _, i := range r.Indications {
		all("indication."+i.Code, i.Evidence)
	}
	for i := range r.Pain {
		all("pain."+r.Pain[i].Window+"."+string(r.Pain[i].Scale), r.Pain[i].Evidence)
	}
	for _, v := range r.Visits {
		give("visit", v.Evidence)
	}
	for _, c := range r.Contacts {
		give("contact", c.Evidence)
	}
	for _, i := range r.Instruments {
		give("instrument."+i.Code, i.Evidence)
	}
}

// FatesHeader writes the header of the table that FatesCSV writes.
func FatesHeader(w io.Writer) error {
	return writeCSV(w, []string{"source", "resource", "element", "fate", "facts", "reason", "system", "code", "name"})
}

// UnreadableCSV writes the line of an input that could not be read.
func UnreadableCSV(w io.Writer, source, reason string) error {
	return writeCSV(w, []string{source, "", "", "unreadable", "", reason, "", "", ""})
}

func writeCSV(w io.Writer, lines ...[]string) error {
	return csv.NewWriter(w).WriteAll(lines)
}

// FatesCSV writes one line per resource, element left empty, and below it one per
// element that something was taken from (fate used) or whose code means nothing (fate
// unmapped). It holds no values of the patient but codes and their names.
func FatesCSV(w io.Writer, source string, fates []Fate) error {
	var lines [][]string
	for i := range fates {
		lines = append(lines, fates[i].lines(source)...)
	}
	return writeCSV(w, lines...)
}

// facts are the facts for which the resource was used.
func (f *Fate) facts() []string {
	var facts []string
	for _, g := range f.Gave {
		if !slices.Contains(facts, g.Fact) {
			facts = append(facts, g.Fact)
		}
	}
	return facts
}

func (f *Fate) lines(source string) [][]string {
	reason := f.Reason
	if f.Path != "" && f.Reason != "" {
		reason = f.Path + ": " + f.Reason
	}
	var paths []string
	facts, via := map[string][]string{}, map[string]string{}
	for _, g := range f.Gave {
		if facts[g.Path] == nil {
			paths = append(paths, g.Path)
			via[g.Path] = g.Via
		}
		if !slices.Contains(facts[g.Path], g.Fact) {
			facts[g.Path] = append(facts[g.Path], g.Fact)
		}
	}
	lines := [][]string{{source, f.Resource, "", f.Fate, strings.Join(f.facts(), " "), reason, "", "", ""}}
	for _, path := range paths {
		lines = append(lines, []string{source, f.Resource, path, Used, strings.Join(facts[path], " "), via[path], "", "", ""})
	}
	for _, u := range f.Unmapped {
		lines = append(lines, []string{source, f.Resource, u.Path, "unmapped", "", "", u.System, u.Code, u.Display})
	}
	return lines
}

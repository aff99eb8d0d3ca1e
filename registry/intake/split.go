package intake

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// group is what a document says of one patient.
type group struct{ chart *fhir.Chart }

// conflict is the code with which decode refuses a document about several patients.
const conflict = "conflict"

// split reads a document as charts, one for each patient. The error says why the document
// as a whole cannot be read.
func (i *Intake) split(body []byte) ([]group, error) {
	chart, err := decode.Bundle("", body, i.Limits)
	var fault *decode.Error
	if err == nil || !errors.As(err, &fault) || fault.Code != conflict {
		return []group{{chart}}, err
	}
	d := read[document](body)
	entries := list[entry](d.Entry)
	if d.ResourceType != "Bundle" || len(entries) == 0 {
		return nil, err
	}
	var groups []group
	for _, places := range patients(entries) {
		chart, err := i.apart(entries, places)
		if err != nil {
			return nil, err
		}
		groups = append(groups, group{chart})
	}
	return groups, nil
}

// apart reads some entries of a Bundle as a chart of their own, in which they have the
// places of the whole. Entries that cannot be read together are rejected.
func (i *Intake) apart(entries []entry, places []int) (*fhir.Chart, error) {
	part := struct {
		ResourceType string  `json:"resourceType"`
		Entry        []entry `json:"entry"`
	}{ResourceType: "Bundle"}
	for _, n := range places {
		part.Entry = append(part.Entry, entries[n])
	}
	body, err := json.Marshal(part, jsontext.AllowDuplicateNames(true))
	if err != nil {
		return nil, fmt.Errorf("intake: take a bundle apart: %w", err)
	}
	chart, err := decode.Bundle("", body, i.Limits)
	var fault *decode.Error
	if errors.As(err, &fault) {
		chart = &fhir.Chart{}
		for n := range part.Entry {
			at := fmt.Sprintf("Bundle.entry[%d]", n)
			chart.Rejected = append(chart.Rejected, fhir.Fate{Resource: at, Path: at, Reason: fault.Reason})
		}
	} else if err != nil {
		return nil, err
	}
	replace(chart, places)
	return chart, nil
}

// outermost is the place of the entry in the outermost Bundle.
var outermost = regexp.MustCompile(`^Bundle\.entry\[(\d+)\]`)

// replace gives everything in a chart the places of the whole Bundle.
func replace(chart *fhir.Chart, places []int) {
	move := func(path *string) {
		if found := outermost.FindStringSubmatchIndex(*path); found != nil {
			n, err := strconv.Atoi((*path)[found[2]:found[3]])
			if err == nil && n < len(places) {
				*path = fmt.Sprintf("Bundle.entry[%d]%s", places[n], (*path)[found[1]:])
			}
		}
	}
	for _, r := range chart.Resources {
		move(&r.Head().Origin.Path)
	}
	for _, fates := range [][]fhir.Fate{chart.Rejected, chart.Skipped} {
		for n := range fates {
			move(&fates[n].Path)
		}
	}
	for n := range chart.Issues {
		move(&chart.Issues[n].Path)
	}
}

// about is the part of a resource that says whom it is about.
type about struct {
	ResourceType string         `json:"resourceType"`
	ID           string         `json:"id"`
	Identifier   jsontext.Value `json:"identifier"`
	Subject      reference      `json:"subject"`
	Patient      reference      `json:"patient"`
	Participant  []struct {
		Actor reference `json:"actor"`
	} `json:"participant"`
}

type reference struct {
	Reference  string     `json:"reference"`
	Identifier identifier `json:"identifier"`
}

type identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

func (i identifier) key() string { return i.System + "|" + i.Value }

// patients divides the entries of a Bundle: for each patient those that are about him, and
// those about nobody, in their order. A Bundle in the Bundle stands by itself.
func patients(entries []entry) [][]int {
	owners := map[string]int{} // by what a reference may say
	var groups [][]int
	add := func(owner int, n int) { groups[owner] = append(groups[owner], n) }
	heads := make([]about, len(entries))
	for n, e := range entries {
		heads[n] = read[about](e.Resource)
		if heads[n].ResourceType == "Patient" {
			own(n, e, heads[n], owners, &groups)
		}
	}
	var shared []int
	for n, e := range entries {
		h := heads[n]
		if h.ResourceType == "Bundle" || h.ResourceType == "Parameters" {
			groups = append(groups, nil)
			add(len(groups)-1, n)
			continue
		}
		keys := h.keys(n, e)
		owner, known := find(owners, keys)
		switch {
		case known:
			add(owner, n)
		case len(keys) > 0: // about somebody who did not come along
			groups = append(groups, nil)
			for _, key := range keys {
				owners[key] = len(groups) - 1
			}
			add(len(groups)-1, n)
		default:
			shared = append(shared, n)
		}
	}
	for owner := range groups {
		groups[owner] = merge(groups[owner], shared)
	}
	return groups
}

// own makes a group for a Patient, unless the same Patient has one.
func own(n int, e entry, h about, owners map[string]int, groups *[][]int) {
	keys := h.keys(n, e)
	owner, known := find(owners, keys)
	if !known {
		*groups = append(*groups, nil)
		owner = len(*groups) - 1
	}
	for _, i := range list[identifier](h.Identifier) {
		if _, taken := owners[i.key()]; !taken && i.Value != "" {
			owners[i.key()] = owner
		}
	}
	for _, key := range keys {
		owners[key] = owner
	}
}

// keys are what a reference to the patient may say: of a Patient itself, and of what is
// about him.
func (h about) keys(n int, e entry) []string {
	var keys []string
	take := func(r reference) {
		if r.Reference != "" {
			_, key := fhir.SplitReference(r.Reference)
			keys = append(keys, r.Reference, key)
		}
		if r.Identifier.Value != "" {
			keys = append(keys, r.Identifier.key())
		}
	}
	if h.ResourceType == "Patient" {
		if e.FullURL != "" {
			keys = append(keys, e.FullURL)
		}
		if h.ID != "" {
			keys = append(keys, "Patient/"+h.ID)
		}
		if len(keys) == 0 { // nothing can refer to him
			keys = append(keys, fmt.Sprintf("#%d", n))
		}
		return keys
	}
	take(h.Subject)
	take(h.Patient)
	if h.ResourceType == "Appointment" {
		for _, p := range h.Participant {
			if _, key := fhir.SplitReference(p.Actor.Reference); len(key) > len("Patient/") && key[:len("Patient/")] == "Patient/" {
				take(p.Actor)
			}
		}
	}
	return keys
}

func find(owners map[string]int, keys []string) (int, bool) {
	for _, key := range keys {
		if owner, ok := owners[key]; ok {
			return owner, true
		}
	}
	return 0, false
}

// merge merges two sorted lists.
func merge(a, b []int) []int {
	out := make([]int, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

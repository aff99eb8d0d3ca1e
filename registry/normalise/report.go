package normalise

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// ErrPerson refuses a report that is not of numbers only.
const ErrPerson Refusal = "a report about persons: only summaries leave"

// TakesReports reports whether a target gets the reports of a centre.
func (t Target) TakesReports() bool { return t.takes(reportProfile) }

// Reports makes what the target gets of the reports of a centre's year, each known there by
// its one identifier. They are counts, in which small ones must have been withheld already; a report that tells of persons, be it by
// a subject, a list of subjects or its type, is refused with ErrPerson.
func (n *Normaliser) Reports(reports []*encode.MeasureReport) (*Delivery, error) {
	if err := n.Target.Check(); err != nil {
		return nil, fmt.Errorf("target: %w", err)
	}
	d := &Delivery{normaliser: n, space: uuid.NewSHA1(uuid.NameSpaceURL, []byte(sid("recipient/"+n.Target.Recipient)))}
	for _, r := range reports {
		switch {
		case r.OfPersons():
			return nil, ErrPerson
		case len(r.Identifiers) != 1:
			return nil, Refusal("a report without an identifier of its own")
		}
		e := &Entry{
			Profile: reportProfile.id, Type: reportProfile.resource, profile: reportProfile,
			ID: idOf(d.space, r.Identifiers[0]), Identifiers: r.Identifiers,
			build: func(_ linker, head encode.Head) encode.Resource {
				out := *r
				out.Head = head
				return &out
			},
		}
		if err := e.finish(); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Profile, err)
		}
		d.Entries = append(d.Entries, e)
		if asInstant(r.Date).Time.After(d.Recorded.Time) {
			d.Recorded = asInstant(r.Date)
		}
	}
	slices.SortFunc(d.Entries, compare)
	for i, e := range d.Entries {
		if i > 0 && e.Key() == d.Entries[i-1].Key() {
			return nil, Refusal("two reports with one identifier: a registry cannot tell them apart")
		}
	}
	return d, nil
}

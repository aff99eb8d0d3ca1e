package normalise

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Delivery is what a target gets of one patient.
type Delivery struct {
	// Entries are the resources in the order in which they stand: by profile, then by
	// identifier.
	Entries []*Entry
	// Issues tell what of the registration is not sent, and why. They name the item by its
	// kind and place, as "devices[0]", and hold no value.
	Issues []fhir.Issue
	// Recorded is when the newest source was recorded; absent when no source tells.
	Recorded fhir.DateTime

	normaliser *Normaliser
	space      uuid.UUID
}

// Refusal is why a registration cannot be sent, whatever the target. It holds no value of
// a patient.
type Refusal string

// Error gives the reason.
func (r Refusal) Error() string { return string(r) }

// The refusals that have a name.
const (
	ErrNobody Refusal = "no identifier of the patient that can be one: no pseudonym can be made"
	ErrCentre Refusal = "about a pain centre, not about a patient: a registry gets patients"
)

// Normalise makes what the target gets of a registration. An error means that nothing
// can be sent; it is a Refusal when the registration is the reason.
func (n *Normaliser) Normalise(ctx context.Context, r *registration.Registration) (*Delivery, error) {
	if err := n.Target.Check(); err != nil {
		return nil, fmt.Errorf("target: %w", err)
	}
	b := &builder{
		Normaliser: n, ctx: ctx, registration: r, byKey: make(map[kindKey]*Entry), clinics: make(map[string]*Entry),
		space: n.space(),
	}
	for _, step := range []func() error{
		b.person, b.centre, b.patientEntry, b.indications, b.responses, b.devices, b.procedures, b.measurements, b.scores,
		b.medications, b.team, b.contacts, b.complications, b.costs, b.judgements,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.delivery()
}

// space is the namespace of the UUIDs of the recipient.
func (n *Normaliser) space() uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(sid("recipient/"+n.Target.Recipient)))
}

// links refers to entries.
func links(link linker, to []*Entry) []fhir.Reference {
	list := make([]fhir.Reference, len(to))
	for i, e := range to {
		list[i] = link(e)
	}
	return list
}

// optional refers to an entry that may be nil.
func optional(link linker, to *Entry) fhir.Reference {
	if to == nil {
		return fhir.Reference{}
	}
	return link(to)
}

// delivery puts the entries in order, refuses two of one identity, and says where they
// came from.
func (b *builder) delivery() (*Delivery, error) {
	slices.SortFunc(b.entries, compare)
	for i, e := range b.entries {
		if i > 0 && e.Key() == b.entries[i-1].Key() {
			return nil, Refusal("two items of profile " + e.Profile + " have the same key: a registry cannot tell them apart")
		}
	}
	for _, e := range b.entries {
		if err := e.finish(); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Profile, err)
		}
	}
	out := &Delivery{Entries: b.entries, normaliser: b.Normaliser, space: b.space}
	for _, e := range b.entries {
		if !out.Tells(e) {
			b.leave(place{e.Profile, -1}, "", "entered in error, which its type cannot say; in a transaction or batch it is deleted")
		}
	}
	recorded := b.newest
	if recorded.IsZero() {
		recorded = b.latest
	}
	slices.SortStableFunc(b.issues, compareIssues)
	out.Issues, out.Recorded = b.issues, recorded
	return out, nil
}

// verification is what a retracted resource says of itself.
const enteredInError = "entered-in-error"

// status is what an item says of itself, of the codes that its type has.
func status(e *Entry, code string, known ...string) string {
	switch {
	case e.Retracted:
		return enteredInError
	case slices.Contains(known, code):
		return code
	}
	return "unknown"
}

var unknownConcept = encode.Concept{Codings: []encode.Coding{{System: "http://terminology.hl7.org/CodeSystem/data-absent-reason", Code: "unknown"}}}

func compareIssues(a, b fhir.Issue) int {
	return cmp.Or(strings.Compare(a.Resource, b.Resource), strings.Compare(a.Path, b.Path), strings.Compare(a.Reason, b.Reason))
}

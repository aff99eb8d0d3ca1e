package normalise

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// builder makes the entries of one registration.
type builder struct {
	*Normaliser
	ctx          context.Context
	registration *registration.Registration
	space        uuid.UUID
	identity     pseudonym.Identity // of the patient

	entries []*Entry
	patient *Entry
	byKey   map[kindKey]*Entry
	clinics map[string]*Entry // by "system|value"; nil for one that is not sent
	newest  fhir.DateTime     // lastUpdated of a source
	latest  fhir.DateTime     // date of an event
	issues  []fhir.Issue
}

// kindKey names an item of a registration.
type kindKey struct{ kind, key string }

// place is an item of a registration in issues and errors: "devices[0]".
type place struct {
	kind  string
	index int
}

func (p place) String() string {
	if p.index < 0 {
		return p.kind
	}
	return p.kind + "[" + strconv.Itoa(p.index) + "]"
}

// leave reports that an element of an item is not sent.
func (b *builder) leave(at place, element, reason string) {
	b.issues = append(b.issues, fhir.Issue{
		Severity: fhir.SeverityWarning, Code: "not-supported", Resource: at.String(), Path: element, Reason: reason + ": left out",
	})
}

// person finds the identity of the patient: the identifier that was chosen, else the best
// one that can be one.
func (b *builder) person() error {
	p := &b.registration.Patient
	for i, id := range p.Identifiers {
		if _, err := pseudonym.Person(id.System, id.Value); err != nil {
			b.issues = append(b.issues, fhir.Issue{Severity: fhir.SeverityWarning, Code: "value", Resource: "patient",
				Path: "identifiers[" + strconv.Itoa(i) + "]", Reason: err.Error() + ": not used"})
		}
	}
	if identity, err := pseudonym.Person(p.Identity.System, p.Identity.Value); err == nil {
		b.identity = identity
		return nil
	}
	best, ok := pseudonym.Usable(b.Preference.Sort(p.Identifiers))
	if ok {
		var err error
		b.identity, err = pseudonym.Person(best.System, best.Value)
		return err
	}
	return ErrNobody
}

// pseudonyms are those of an identity for a purpose.
func (b *builder) pseudonyms(purpose string, identity pseudonym.Identity) ([]pseudonym.Pseudonym, error) {
	use := pseudonym.Use{Recipient: b.Target.Recipient, Scope: b.Target.Scope, Purpose: purpose}
	list, err := b.Pseudonyms.Pseudonyms(b.ctx, use, identity)
	if err != nil {
		return nil, fmt.Errorf("pseudonym of a %s: %w", purpose, err)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("pseudonym of a %s: none was given", purpose)
	}
	return list, nil
}

// add makes the entry of an item; key makes it another one than those of its kind. It is
// nil when the target does not get such entries.
func (b *builder) add(p profile, at place, origin registration.Origin, key string) (*Entry, error) {
	b.seen(origin.Updated)
	if !b.Target.takes(p) {
		return nil, nil
	}
	identity, err := b.identity.Part(at.kind, key)
	if err != nil {
		return nil, Refusal(at.String() + ": has no key")
	}
	pseudonyms, err := b.pseudonyms(p.purpose, identity)
	if err != nil {
		return nil, err
	}
	e := &Entry{Profile: p.id, Type: p.resource, Retracted: origin.Retracted || b.registration.Patient.Retracted, profile: p}
	e.named(b.space, func(key string) string { return sid(p.purpose + "/" + key) }, pseudonyms)
	if p.single {
		e.alternatives = e.Identifiers
		e.Identifiers = e.Identifiers[:1]
	}
	b.entries = append(b.entries, e)
	return e, nil
}

// index lets other items refer to an entry.
func (b *builder) index(kind, key string, e *Entry) {
	if e != nil {
		b.byKey[kindKey{kind, key}] = e
	}
}

// find gives the entries of items by key. Those that are not sent are left out.
func (b *builder) find(kind string, keys ...string) []*Entry {
	var list []*Entry
	for _, key := range keys {
		if e := b.byKey[kindKey{kind, key}]; e != nil && !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, compare)
	return list
}

// seen takes in when a source was last changed.
func (b *builder) seen(updated string) {
	b.newest = later(b.newest, updated)
}

// happened takes in on which day something happened.
func (b *builder) happened(dates ...string) {
	for _, date := range dates {
		if t, err := fhir.ParseDateTime(date); err == nil {
			b.latest = later(b.latest, localDay(t))
		}
	}
}

// later is the later one of two moments; what is no date is left out.
func later(a fhir.DateTime, text string) fhir.DateTime {
	t, err := fhir.ParseDateTime(text)
	if err != nil || !a.IsZero() && !asInstant(t).Time.After(a.Time) {
		return a
	}
	return asInstant(t)
}

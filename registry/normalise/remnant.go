package normalise

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// remnant is what is remembered of a resource that was sent, to withdraw it with when
// nothing is registered or known any more of what it was made of: another identifier of the
// patient, a key that is out of use, a profile that the target gets no longer.
type remnant struct {
	Profile string `json:"profile"`
	found
	// Resource is the least of it that is valid, entered in error; absent for a type that
	// cannot say so, which is deleted. It refers to others by their place in a Bundle.
	Resource json.RawMessage `json:"resource,omitempty"`
	// Targets are what it refers to, by place.
	Targets map[string]found `json:"targets,omitempty"`
}

// found is what a resource is found by at the target.
type found struct {
	Type        string              `json:"type"`
	Identifiers []encode.Identifier `json:"identifiers"`
}

func (e *Entry) found() found { return found{e.Type, e.known()} }

// entry is what is found so, to refer to.
func (f found) entry(space uuid.UUID) *Entry {
	return &Entry{Type: f.Type, Identifiers: f.Identifiers, ID: idOf(space, f.Identifiers[0]), restored: true}
}

// Remnant is what is to be remembered of an entry that is sent, for Delivery.Withdraw. It
// says no more than what it is, and by which pseudonym it is known.
func (e *Entry) Remnant() (string, error) {
	if e.restored {
		return "", fmt.Errorf("%s: what is withdrawn leaves nothing", e.Profile)
	}
	out := remnant{Profile: e.Profile, found: e.found(), Targets: make(map[string]found)}
	resource := e.resource(func(to *Entry) fhir.Reference {
		out.Targets[to.fullURL()] = to.found()
		return within(to)
	}, true)
	if least, ok := withdrawn(resource); ok && !e.profile.stateless {
		var err error
		if out.Resource, err = encode.JSON(least); err != nil {
			return "", fmt.Errorf("%s: %w", e.Profile, err)
		}
	}
	maps.DeleteFunc(out.Targets, func(place string, _ found) bool { return !bytes.Contains(out.Resource, []byte(place)) })
	text, err := json.Marshal(out)
	return string(text), err
}

// withdrawn is the least of a resource that is valid and says that it was entered in error;
// ok is false for a type that cannot say so.
func withdrawn(resource encode.Resource) (least encode.Resource, ok bool) {
	switch r := resource.(type) {
	case *encode.Patient:
		return &encode.Patient{Head: r.Head, Inactive: true, Managing: r.Managing}, true
	case *encode.Diagnosis:
		return &encode.Diagnosis{Head: r.Head, Verification: enteredInError, Code: ours(r.Code), Subject: r.Subject}, true
	case *encode.Observation:
		return &encode.Observation{ID: r.ID, Profile: r.Profile, Identifiers: r.Identifiers, Status: enteredInError,
			Category: r.Category, Code: r.Code, Subject: r.Subject}, true
	case *encode.Procedure:
		return &encode.Procedure{Head: r.Head, Status: enteredInError, Category: r.Category, Subject: r.Subject}, true
	case *encode.Device:
		return &encode.Device{Head: r.Head, Status: enteredInError, Patient: r.Patient}, true
	case *encode.DeviceUseStatement:
		return &encode.DeviceUseStatement{Head: r.Head, Status: enteredInError, Subject: r.Subject, Device: r.Device}, true
	case *encode.MedicationStatement:
		return &encode.MedicationStatement{Head: r.Head, Status: enteredInError, Medication: ours(r.Medication), Subject: r.Subject}, true
	case *encode.QuestionnaireResponse:
		return &encode.QuestionnaireResponse{ID: r.ID, Profile: r.Profile, Identifiers: r.Identifiers, Status: enteredInError,
			Questionnaire: r.Questionnaire, Subject: r.Subject}, true
	case *encode.CareTeam:
		return &encode.CareTeam{Head: r.Head, Status: enteredInError, Subject: r.Subject}, true
	case *encode.Encounter:
		return &encode.Encounter{Head: r.Head, Status: enteredInError, Class: r.Class, Type: r.Type, Subject: r.Subject}, true
	case *encode.ChargeItem:
		return &encode.ChargeItem{Head: r.Head, Status: enteredInError, Code: r.Code, Subject: r.Subject}, true
	case *encode.GuidanceResponse:
		return &encode.GuidanceResponse{Head: r.Head, Status: enteredInError, Module: r.Module, Subject: r.Subject}, true
	}
	return nil, false
}

// ours is a concept by our own code, where it has one.
func ours(c encode.Concept) encode.Concept {
	own := slices.DeleteFunc(slices.Clone(c.Codings), func(c encode.Coding) bool { return !strings.HasPrefix(c.System, mapping.CanonicalBase+"/") })
	if len(own) == 0 {
		return c
	}
	return encode.Concept{Codings: own}
}

// Withdraw adds to a delivery what takes back resources that were sent and are no longer in
// it: their remnants by key. One of which nothing is remembered is deleted, by the identifier
// in its key. It gives the entries that were added.
func (d *Delivery) Withdraw(gone map[string]string) ([]*Entry, error) {
	var added []*Entry
	for key, text := range gone {
		e, err := d.restore(key, text)
		if err != nil {
			return nil, err
		}
		added = append(added, e)
	}
	d.Entries = append(slices.Clip(d.Entries), added...)
	slices.SortFunc(d.Entries, compare)
	slices.SortFunc(added, compare)
	byPlace := make(map[string]*Entry, len(d.Entries))
	for _, e := range d.Entries {
		byPlace[e.fullURL()] = e
	}
	for _, e := range added {
		e.bind(d.space, byPlace)
	}
	for _, e := range added {
		if !d.Tells(e) {
			d.Issues = append(d.Issues, fhir.Issue{Severity: fhir.SeverityWarning, Code: "not-supported", Resource: e.Profile,
				Reason: "no longer registered, which its type cannot say; in a transaction or batch it is deleted: left out"})
		}
	}
	return added, nil
}

// Nothing is a delivery to the target that holds nothing, to which Withdraw can add.
func (n *Normaliser) Nothing() *Delivery {
	return &Delivery{normaliser: n, space: n.space()}
}

// Tells reports whether the target can be told of an entry: only a transaction or a batch
// can delete, and some types can be withdrawn in no other way.
func (d *Delivery) Tells(e *Entry) bool {
	shape := d.shape()
	return !e.deleted() || shape == Transaction || shape == Batch
}

// errKey refuses a key that is not of a resource. It does not repeat it.
var errKey = errors.New("a line of what the registry holds has a key that is not of a resource")

// restore makes the entry that withdraws what was sent.
func (d *Delivery) restore(key, text string) (*Entry, error) {
	if id, is := strings.CutPrefix(key, provenanceKey); is { // known by its id alone
		p := provenanceProfile
		p.stateless = true
		return &Entry{Profile: p.id, Type: p.resource, ID: id, Retracted: true, profile: p, restored: true, remnant: &remnant{}, Hash: enteredInError}, nil
	}
	var kept remnant
	if text == "" || json.Unmarshal([]byte(text), &kept) != nil || len(kept.Identifiers) == 0 {
		kind, rest, ok := strings.Cut(key, "|")
		cut := strings.LastIndexByte(rest, '|')
		if !ok || cut < 1 || kind == "" {
			return nil, errKey
		}
		kept = remnant{found: found{kind, []encode.Identifier{{System: rest[:cut], Value: rest[cut+1:]}}}}
	}
	maps.DeleteFunc(kept.Targets, func(_ string, to found) bool { return len(to.Identifiers) == 0 })
	e := kept.entry(d.space)
	e.Profile, e.Retracted, e.remnant = kept.Profile, true, &kept
	k := slices.IndexFunc(profileTable, func(p profile) bool { return p.id == kept.Profile })
	if k >= 0 {
		e.profile = profileTable[k]
	} else {
		e.profile = profile{id: kept.Profile, resource: kept.Type}
		k = slices.IndexFunc(profileTable, func(p profile) bool { return p.resource == kept.Type })
		e.profile.unsearchable = k >= 0 && profileTable[k].unsearchable
	}
	e.profile.stateless = len(kept.Resource) == 0
	if e.profile.single {
		e.alternatives, e.Identifiers = e.Identifiers, e.Identifiers[:1]
	}
	sum := sha256.Sum256([]byte("withdrawn " + text))
	e.Hash, e.size = hex.EncodeToString(sum[:]), len(kept.Resource)
	return e, nil
}

// bind gives an entry that was restored what it refers to: entries of the delivery, by
// place, else what is at the target.
func (e *Entry) bind(space uuid.UUID, byPlace map[string]*Entry) {
	targets := make(map[string]*Entry, len(e.remnant.Targets))
	for place, f := range e.remnant.Targets {
		to := byPlace[place]
		if to != nil {
			e.targets = append(e.targets, to)
		} else {
			to = f.entry(space)
		}
		targets[place] = to
	}
	slices.SortFunc(e.targets, compare)
	document := e.remnant.Resource
	e.build = func(link linker, head encode.Head) encode.Resource {
		var resource map[string]any
		if json.Unmarshal(document, &resource) != nil {
			return encode.Document(document) // which says what is wrong when it is written
		}
		if head.ID == "" {
			delete(resource, "id")
		}
		relink(resource, func(place string) string {
			if to := targets[place]; to != nil {
				return link(to).Reference
			}
			return place
		})
		written, err := json.Marshal(resource)
		if err != nil {
			return encode.Document(document)
		}
		return encode.Document(written)
	}
}

// relink changes the references in a resource.
func relink(value any, change func(reference string) string) {
	switch value := value.(type) {
	case map[string]any:
		for name, v := range value {
			if text, is := v.(string); is && name == "reference" {
				value[name] = change(text)
			} else {
				relink(v, change)
			}
		}
	case []any:
		for _, v := range value {
			relink(v, change)
		}
	}
}

package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// Origin of an item; embedding makes it one.
func (o *Origin) origin() *Origin { return o }

// item is a pointer to a part of a registration that has an Origin.
type item[T any] interface {
	*T
	origin() *Origin
}

// Compare is positive when o is of a later version than p: by the time of the update,
// else by a version that is a number; zero when neither tells.
func (o *Origin) Compare(p *Origin) int {
	if a, b := instant(o.Updated), instant(p.Updated); a.Precision == fhir.Second && b.Precision == fhir.Second {
		if c := a.Time.Compare(b.Time); c != 0 {
			return c
		}
	}
	a, b := strings.TrimLeft(o.Version, "0"), strings.TrimLeft(p.Version, "0")
	if !isNumber(o.Version) || !isNumber(p.Version) {
		return 0
	}
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func instant(text string) fhir.DateTime {
	t, err := fhir.ParseDateTime(text)
	if err != nil {
		return fhir.DateTime{}
	}
	return t
}

// DateOf is the local day or days (Europe/Amsterdam) that a date of a registration
// means; ok is false when it is empty or no date.
func DateOf(text string) (date mapping.Date, ok bool) { return mapping.DateOf(instant(text)) }

// identifiersOf are the business identifiers of a resource.
func identifiersOf(x fhir.Resource) []fhir.Identifier {
	one := func(i *fhir.Identifier) []fhir.Identifier {
		if i == nil {
			return nil
		}
		return []fhir.Identifier{*i}
	}
	switch x := x.(type) {
	case *fhir.Patient:
		return x.Identifier
	case *fhir.Condition:
		return x.Identifier
	case *fhir.Observation:
		return x.Identifier
	case *fhir.Procedure:
		return x.Identifier
	case *fhir.Device:
		return x.Identifier
	case *fhir.DeviceUseStatement:
		return x.Identifier
	case *fhir.MedicationStatement:
		return x.Identifier
	case *fhir.MedicationRequest:
		return x.Identifier
	case *fhir.Encounter:
		return x.Identifier
	case *fhir.Appointment:
		return x.Identifier
	case *fhir.ChargeItem:
		return x.Identifier
	case *fhir.Organization:
		return x.Identifier
	case *fhir.GuidanceResponse:
		return x.Identifier
	case *fhir.QuestionnaireResponse:
		return one(x.Identifier)
	case *fhir.AdverseEvent:
		return one(x.Identifier)
	}
	return nil
}

// businessKey is the key by the identifier, of several the first in the alphabet, so
// that their order has no say; empty without one.
func businessKey(x fhir.Resource) string {
	best := ""
	for _, i := range identifiersOf(x) {
		if i.System == "" || i.Value == "" {
			continue
		}
		if key := x.Type() + "/" + i.System + "|" + i.Value; best == "" || key < best {
			best = key
		}
	}
	return best
}

// key is the stable key of a resource: see Origin. One that has neither identifier nor
// id is known by the fullUrl of its entry, and without that not at all: empty.
func (r *reader) key(x fhir.Resource) string {
	if key := businessKey(x); key != "" {
		return key
	}
	h := x.Head()
	if parent := r.containers[x]; parent != nil {
		if outer := r.key(parent); outer != "" {
			return outer + "#" + h.ID
		}
		return ""
	}
	if h.ID != "" {
		name := x.Type() + "/" + h.ID
		if key := r.aliases[name]; key != "" {
			return key
		}
		return name
	}
	if url := h.Origin.FullURL; url != "" {
		if _, name := fhir.SplitReference(url); strings.HasPrefix(name, x.Type()+"/") {
			return name
		}
		return x.Type() + "/" + url
	}
	return ""
}

// origin is where an item comes from; ok is false, and the resource dropped, when it
// cannot be told from others of its kind.
func (r *reader) origin(x fhir.Resource, clinic string) (o Origin, ok bool) {
	key := r.key(x)
	if key == "" {
		r.drop(x, "id", "neither identifier nor id nor fullUrl: it could not be recognised when it is sent again")
		return Origin{}, false
	}
	h := x.Head()
	return Origin{Key: key, Version: h.Meta.VersionID, Updated: h.Meta.LastUpdated.Text, Clinic: clinic}, true
}

// part is the origin of one of several items of a resource.
func (o Origin) part(name string) Origin {
	o.Key += "#" + name
	return o
}

// derived is the origin of what was computed from resources: as new as the newest.
func (r *reader) derived(key string, evidence []mapping.Evidence) Origin {
	o := Origin{Key: "derived/" + key}
	for _, e := range evidence {
		if x := r.named[e.Resource]; x != nil {
			r.serve(x)
			r.rest(&o, x)
		}
	}
	return o
}

// rest notes that what is derived rests on a resource.
func (r *reader) rest(o *Origin, x fhir.Resource) {
	if updated := x.Head().Meta.LastUpdated.Text; updated != "" && (o.Updated == "" || (&Origin{Updated: updated}).Compare(o) > 0) {
		o.Updated = updated
	}
	key := r.key(x)
	if at, there := slices.BinarySearch(o.Basis, key); key != "" && !there {
		o.Basis = slices.Insert(o.Basis, at, key)
	}
}

// refer is the key of what a reference names, and the resource where it came along.
// The key is empty when it names nothing that can be recognised.
func (r *reader) refer(from fhir.Resource, to fhir.Reference, kind string) (key string, x fhir.Resource) {
	if x = r.chart.Resolve(from, to); x != nil {
		return r.key(x), x
	}
	if i := to.Identifier; i != nil && i.System != "" && i.Value != "" {
		return kind + "/" + i.System + "|" + i.Value, nil
	}
	if _, name := fhir.SplitReference(to.Reference); strings.HasPrefix(name, kind+"/") {
		if key := r.aliases[name]; key != "" {
			return key, nil
		}
		return name, nil
	}
	return "", nil
}

package normalise

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// activity is what was done: resources were made, from those of the sender.
var activity = encode.Coding{System: "http://terminology.hl7.org/CodeSystem/v3-DataOperation", Code: "CREATE"}

// provenanceKey begins the keys of what is known by an id of ours.
const provenanceKey = "Provenance||"

// IsProvenance reports whether a key is that of a Provenance: what it says was so when it
// was sent, so that it stays until nothing of the patient is left at the target.
func IsProvenance(key string) bool { return strings.HasPrefix(key, provenanceKey) }

// provenance says by what, and from data of when, entries were made; nil when no source
// says when, or the shape has no room for a resource without identifier.
func (d *Delivery) provenance(entries []*Entry) *Entry {
	requests := d.shape() == Transaction || d.shape() == Batch
	if d.Recorded.IsZero() || len(entries) == 0 || requests && !d.normaliser.Target.AllowClientIDs {
		return nil
	}
	targets := slices.DeleteFunc(slices.Clone(entries), (*Entry).deleted)
	if len(targets) == 0 {
		return nil
	}
	e := &Entry{Profile: provenanceProfile.id, Type: provenanceProfile.resource, profile: provenanceProfile}
	e.ID = uuid.NewSHA1(d.space, []byte("provenance|"+d.identify(entries))).String()
	software := fhir.Reference{Type: "Device", Identifier: &fhir.Identifier{System: sid("software"), Value: "pijnpoort|" + d.normaliser.Software}}
	e.build = func(link linker, head encode.Head) encode.Resource {
		return &encode.Provenance{
			Head: head, Targets: links(link, targets), Recorded: d.Recorded,
			Activity: encode.Concept{Codings: []encode.Coding{activity}}, Agent: software,
		}
	}
	return e
}

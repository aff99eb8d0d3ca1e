package normalise

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// Entry is one resource for a target.
type Entry struct {
	// Profile is the id of its profile, Type its resource type.
	Profile, Type string
	// ID is the UUID that stands for it among the entries.
	ID string
	// Identifiers are its business identifiers, that of the newest key first; a Provenance
	// has none.
	Identifiers []encode.Identifier
	// Hash is the SHA-256 of what is sent of it, in hexadecimal: equal hashes, equal
	// resources. The entries that it refers to are part of it by their ID only.
	Hash string
	// Retracted: it goes out as entered in error.
	Retracted bool

	profile profile
	// alternatives are the identifiers that find it, where its type has room for one only.
	alternatives []encode.Identifier
	build        func(link linker, head encode.Head) encode.Resource
	targets      []*Entry // that it refers to
	size         int      // bytes of its JSON
	// restored: it is known from a remnant, and withdraws what was sent.
	restored bool
	remnant  *remnant
}

// linker gives the reference to an entry.
type linker func(to *Entry) fhir.Reference

// Key is what it is known by at the target: "Type|system|value".
func (e *Entry) Key() string {
	if len(e.Identifiers) == 0 {
		return e.Type + "||" + e.ID
	}
	return e.Type + "|" + e.Identifiers[0].System + "|" + e.Identifiers[0].Value
}

// Keys are all by which it is or was known at the target: Key, then those by older
// pseudonyms.
func (e *Entry) Keys() []string {
	keys := []string{e.Key()}
	for _, i := range e.known() {
		if key := e.Type + "|" + i.System + "|" + i.Value; key != keys[0] {
			keys = append(keys, key)
		}
	}
	return keys
}

// Condition is the query that finds it at the target, by any of its identifiers.
func (e *Entry) Condition() string {
	identifiers := e.known()
	alternatives := make([]string, len(identifiers))
	for i, id := range identifiers {
		alternatives[i] = url.QueryEscape(id.System + "|" + id.Value)
	}
	parameter := "identifier="
	if e.profile.unsearchable {
		parameter = "_tag="
	}
	return parameter + strings.Join(alternatives, ",")
}

// known are the identifiers that find it.
func (e *Entry) known() []encode.Identifier {
	if e.alternatives != nil {
		return e.alternatives
	}
	return e.Identifiers
}

// fullURL is its place in a Bundle.
func (e *Entry) fullURL() string { return "urn:uuid:" + e.ID }

// within refers to entries by their place in a Bundle.
func within(to *Entry) fhir.Reference { return fhir.Reference{Reference: to.fullURL()} }

// conditional refers to entries by the query that finds them at the target.
func conditional(to *Entry) fhir.Reference {
	return fhir.Reference{Reference: to.Type + "?" + to.Condition()}
}

// byID refers to entries by type and id.
func byID(to *Entry) fhir.Reference { return fhir.Reference{Reference: to.Type + "/" + to.ID} }

// resource builds the resource; withID gives it its id, and else what a server must find
// it by.
func (e *Entry) resource(link linker, withID bool) encode.Resource {
	head := encode.Head{Profile: canonical(e.profile.id), Identifiers: e.Identifiers}
	if withID {
		head.ID = e.ID
	} else if e.profile.unsearchable {
		for _, i := range e.known() {
			head.Tags = append(head.Tags, encode.Coding{System: i.System, Code: i.Value})
		}
	}
	return e.build(link, head)
}

// deleted reports whether it can be withdrawn only by deleting it.
func (e *Entry) deleted() bool { return e.Retracted && e.profile.stateless }

// finish finds its targets, hash and size.
func (e *Entry) finish() error {
	document, err := encode.JSON(e.resource(func(to *Entry) fhir.Reference {
		if !slices.Contains(e.targets, to) {
			e.targets = append(e.targets, to)
		}
		return within(to)
	}, true))
	if err != nil {
		return err
	}
	e.size = len(document)
	if e.profile.unsearchable { // older pseudonyms are tags, which a document with an id has not
		for _, i := range e.known()[1:] {
			document = append(document, i.System+"|"+i.Value...)
		}
	}
	sum := sha256.Sum256(document)
	e.Hash = hex.EncodeToString(sum[:])
	return nil
}

// named gives an entry its identifiers by its pseudonyms, and its ID by the newest.
func (e *Entry) named(space uuid.UUID, system func(key string) string, pseudonyms []pseudonym.Pseudonym) {
	for _, p := range pseudonyms {
		e.Identifiers = append(e.Identifiers, encode.Identifier{System: system(p.Key), Value: p.Value})
	}
	e.ID = idOf(space, e.Identifiers[0])
}

// idOf is the UUID of what has an identifier.
func idOf(space uuid.UUID, i encode.Identifier) string {
	return uuid.NewSHA1(space, []byte(i.System+"|"+i.Value)).String()
}

// compare orders entries: by profile, then by identifier.
func compare(a, b *Entry) int {
	if d := a.profile.rank() - b.profile.rank(); d != 0 {
		return d
	}
	return strings.Compare(a.Key(), b.Key())
}

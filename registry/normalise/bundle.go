package normalise

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// Document is one body to send.
type Document struct {
	// ID is that of the Bundle (value of its identifier): the same for the same content.
	ID string
	// ContentType is the media type.
	ContentType string
	Body        []byte
	// Entries are what the body holds, in its order; a Bundle may have a Provenance after them.
	Entries []*Entry
	// Least: it cannot be split; all it holds is one resource and what that refers to.
	Least bool
	// Provenance is the key of the Provenance that a target keeps under an id of ours; empty
	// without one.
	Provenance string
	// Requests is the number of entries in the body, a Provenance included.
	Requests int
}

// The media types of documents.
const (
	MediaTypeJSON   = "application/fhir+json"
	MediaTypeNDJSON = "application/fhir+ndjson"
)

// Only is the delivery without the entries that are not to be kept. In a transaction or
// batch the others refer to them by the query that finds them at the target; in the other
// shapes, which have no such references, those that are referred to stay.
func (d *Delivery) Only(keep func(*Entry) bool) *Delivery {
	kept := *d
	kept.Entries = nil
	for _, e := range d.Entries {
		if keep(e) {
			kept.Entries = append(kept.Entries, e)
		}
	}
	if shape := d.shape(); shape == Collection || shape == NDJSON {
		kept.Entries = closure(kept.Entries...)
	}
	return &kept
}

func (d *Delivery) shape() Shape {
	if s := d.normaliser.Target.Shape; s != "" {
		return s
	}
	return Collection
}

// Documents are the bodies to send, split by what the target takes at once. A reference
// and its target are in one body: shared targets are repeated.
func (d *Delivery) Documents() ([]Document, error) {
	var documents []Document
	parts, err := d.split()
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		document, err := d.document(p)
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
	return documents, nil
}

// Next is the first of the documents: for who sends one, and splits what is left anew.
func (d *Delivery) Next() (Document, error) {
	parts, err := d.split()
	if err != nil {
		return Document{}, err
	}
	return d.document(parts[0])
}

// document writes a part in the shape of the target.
func (d *Delivery) document(p part) (Document, error) {
	entries := p.entries
	out := Document{ID: d.identify(entries), ContentType: MediaTypeJSON, Entries: entries, Least: p.least}
	var err error
	if d.shape() == NDJSON {
		out.ContentType = MediaTypeNDJSON
		out.Entries = slices.DeleteFunc(slices.Clone(entries), (*Entry).deleted)
		out.Body, err = d.lines(out.Entries)
		out.Requests = len(out.Entries)
		return out, err
	}
	if d.shape() == Collection {
		out.Entries = slices.DeleteFunc(slices.Clone(entries), (*Entry).deleted)
	}
	if d.shape() == Batch {
		out.Entries = targetsFirst(out.Entries)
	}
	if p := d.provenance(out.Entries); p != nil && d.shape() != Collection {
		out.Provenance = p.Key()
	}
	bundle := d.bundle(out.ID, out.Entries)
	out.Requests = len(bundle.Entries)
	out.Body, err = encode.JSON(bundle)
	return out, err
}

// identify gives the identifier of a document: of the recipient, the patient and the content.
func (d *Delivery) identify(entries []*Entry) string {
	sum := sha256.New()
	fmt.Fprintln(sum, d.shape(), d.normaliser.Software, d.Recorded.Text)
	for _, e := range entries {
		fmt.Fprintln(sum, e.Key(), e.Hash)
	}
	return uuid.NewSHA1(d.space, sum.Sum(nil)).String()
}

// bundle is entries as a Bundle.
func (d *Delivery) bundle(id string, entries []*Entry) *encode.Bundle {
	out := &encode.Bundle{
		Type: string(d.shape()),
		Head: encode.Head{Profile: canonical(bundleProfile), Identifiers: []encode.Identifier{{System: sid("delivery"), Value: id}},
			Tags: []encode.Coding{{System: codeSystem("registry-target"), Code: d.normaliser.Target.Name}}},
		Timestamp: d.Recorded,
	}
	write := d.writers()[d.shape()]
	link := d.linker(entries)
	for _, e := range entries {
		out.Entries = append(out.Entries, write(e, link))
	}
	if p := d.provenance(entries); p != nil {
		if d.shape() == Collection {
			out.Entries = append(out.Entries, write(p, link))
		} else {
			out.Entries = append(out.Entries, encode.Entry{FullURL: p.fullURL(), Resource: p.resource(link, true),
				Request: &encode.Request{Method: "PUT", URL: p.Type + "/" + p.ID}})
		}
	}
	return out
}

// writers lay an entry in a Bundle, by shape.
func (d *Delivery) writers() map[Shape]func(e *Entry, link linker) encode.Entry {
	requested := func(e *Entry, link linker) encode.Entry {
		if e.deleted() {
			url := e.Type + "?" + e.Condition()
			if len(e.Identifiers) == 0 {
				url = e.Type + "/" + e.ID
			}
			return encode.Entry{Request: &encode.Request{Method: "DELETE", URL: url}}
		}
		out := encode.Entry{FullURL: e.fullURL(), Resource: e.resource(link, false)}
		if e.profile == organizationProfile {
			out.Request = &encode.Request{Method: "POST", URL: e.Type, IfNoneExist: e.Condition()}
		} else {
			out.Request = &encode.Request{Method: "PUT", URL: e.Type + "?" + e.Condition()}
		}
		return out
	}
	return map[Shape]func(e *Entry, link linker) encode.Entry{
		Collection: func(e *Entry, link linker) encode.Entry {
			return encode.Entry{FullURL: e.fullURL(), Resource: e.resource(link, true)}
		},
		Transaction: requested,
		Batch:       requested,
	}
}

// linker refers to an entry of the same Bundle by its place, where the shape allows it,
// and to another one by the query that finds it.
func (d *Delivery) linker(entries []*Entry) linker {
	switch d.shape() {
	case Collection:
		return within
	case Batch:
		return conditional
	}
	here := make(map[*Entry]bool, len(entries))
	for _, e := range entries {
		here[e] = true
	}
	return func(to *Entry) fhir.Reference {
		if here[to] {
			return within(to)
		}
		return conditional(to)
	}
}

// lines are entries as a resource a line.
func (d *Delivery) lines(entries []*Entry) ([]byte, error) {
	var out bytes.Buffer
	if p := d.provenance(entries); p != nil {
		entries = append(slices.Clip(entries), p)
	}
	for _, e := range entries {
		line, err := encode.JSON(e.resource(byID, true))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Profile, err)
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

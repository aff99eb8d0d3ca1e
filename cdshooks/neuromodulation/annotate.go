package neuromodulation

import (
	"bytes"
	"errors"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// extension is a FHIR extension of the kinds that we write and compare.
type extension struct {
	Parts     []extension `json:"extension,omitempty"`
	URL       string      `json:"url"`
	Code      string      `json:"valueCode,omitempty"`
	Canonical string      `json:"valueCanonical,omitempty"`
	Concept   *concept    `json:"valueCodeableConcept,omitempty"`
	Date      string      `json:"valueDate,omitempty"`
	Reference *target     `json:"valueReference,omitempty"`
	String    string      `json:"valueString,omitempty"`
}

type target struct {
	Reference string `json:"reference,omitempty"`
}

type concept struct {
	Coding []cdshooks.Coding `json:"coding,omitempty"`
	Text   string            `json:"text,omitempty"`
}

// isOurs reports whether an extension is a former assertion of ours on the same Coverage.
func (e *extension) isOurs(policy string) bool {
	if e.URL != CoverageInformation {
		return false
	}
	about, ours := false, false
	for _, p := range e.Parts {
		about = about || p.URL == "coverage" && p.Reference != nil && p.Reference.Reference == policy
		ours = ours || p.URL == "reason" && p.Concept != nil && slices.ContainsFunc(p.Concept.Coding, func(c cdshooks.Coding) bool { return c.System == verdictSystem })
	}
	return about && ours
}

// policy is the Coverage that an assertion is about.
func (e *extension) policy() string { return e.Parts[0].Reference.Reference }

// says is what an assertion says, without when and in which answer it was made.
func (e *extension) says() []byte {
	lasting := extension{URL: e.URL}
	for _, p := range e.Parts {
		if p.URL != "date" && p.URL != "coverage-assertion-id" {
			lasting.Parts = append(lasting.Parts, p)
		}
	}
	text, err := json.Marshal(lasting)
	if err != nil {
		return nil
	}
	return text
}

// span is a part of a text.
type span struct{ from, to int }

// errNoList says that what should be a list of extensions is something else.
var errNoList = errors.New("extension is not a list")

// annotate puts an assertion on a resource, in place of our former one. All other bytes
// stay as they are. changed is false when the resource says the same already, or has no
// place for it.
func annotate(resource jsontext.Value, assertion extension) (updated jsontext.Value, changed bool, err error) {
	text, err := json.Marshal(assertion)
	if err != nil {
		return nil, false, err
	}
	extensions, former, end, err := locate(resource, &assertion)
	switch {
	case errors.Is(err, errNoList):
		return nil, false, nil
	case err != nil:
		return nil, false, err
	case former.to > 0:
		var said extension
		if json.Unmarshal(resource[former.from:former.to], &said) == nil && bytes.Equal(said.says(), assertion.says()) {
			return nil, false, nil
		}
		return splice(resource, former, text), true, nil
	case extensions.to > 0:
		at := extensions.to - 1 // before the bracket
		if inside := bytes.TrimSpace(resource[extensions.from+1 : at]); len(inside) > 0 {
			text = append([]byte{','}, text...)
		}
		return splice(resource, span{at, at}, text), true, nil
	}
	member := append([]byte(`,"extension":[`), append(text, ']')...)
	return splice(resource, span{end, end}, member), true, nil
}

func splice(text []byte, part span, by []byte) []byte {
	return slices.Concat(text[:part.from], by, text[part.to:])
}

// locate finds in a resource its list of extensions, in that our former assertion on the
// same Coverage, and the brace that closes the resource. A span that ends at 0 is not there.
func locate(resource jsontext.Value, assertion *extension) (extensions, former span, end int, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(resource))
	if _, err := d.ReadToken(); err != nil {
		return span{}, span{}, 0, err
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return span{}, span{}, 0, err
		}
		if name.String() != "extension" {
			if err := d.SkipValue(); err != nil {
				return span{}, span{}, 0, err
			}
			continue
		}
		if d.PeekKind() != '[' {
			return span{}, span{}, 0, errNoList
		}
		if extensions, former, err = list(d, assertion); err != nil {
			return span{}, span{}, 0, err
		}
	}
	_, err = d.ReadToken()
	return extensions, former, int(d.InputOffset()) - 1, err
}

// list reads a list of extensions.
func list(d *jsontext.Decoder, assertion *extension) (whole, former span, err error) {
	if _, err := d.ReadToken(); err != nil {
		return whole, former, err
	}
	whole.from = int(d.InputOffset()) - 1
	for d.PeekKind() != ']' {
		value, err := d.ReadValue()
		if err != nil {
			return whole, former, err
		}
		to := int(d.InputOffset())
		var one extension
		if json.Unmarshal(value, &one) == nil && one.isOurs(assertion.policy()) {
			former = span{to - len(value), to}
		}
	}
	_, err = d.ReadToken()
	whole.to = int(d.InputOffset())
	return whole, former, err
}

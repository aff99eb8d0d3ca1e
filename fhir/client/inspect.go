package client

import (
	"bytes"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Inspect reads the type of a resource and, of a Bundle, the link to the page after
// it; next is empty for the last page. Of the rest of the document it reads no more
// than it must. The error is ErrNotFHIR.
func Inspect(document []byte) (resourceType, next string, err error) {
	resourceType, err = typeOf(document)
	if err != nil || resourceType != "Bundle" || !bytes.Contains(document, []byte(`"next"`)) {
		return resourceType, "", err
	}
	var bundle struct {
		Link []struct {
			Relation string `json:"relation"`
			URL      string `json:"url"`
		} `json:"link"`
	}
	if json.Unmarshal(document, &bundle) != nil {
		return "", "", ErrNotFHIR
	}
	for _, link := range bundle.Link {
		if link.Relation == "next" {
			next = link.URL
		}
	}
	return resourceType, next, nil
}

// typeOf is the resourceType of a document, which is read up to there.
func typeOf(document []byte) (string, error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(document))
	if opening, err := d.ReadToken(); err != nil || opening.Kind() != '{' {
		return "", ErrNotFHIR
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return "", ErrNotFHIR
		}
		if name.String() != "resourceType" {
			if d.SkipValue() != nil {
				return "", ErrNotFHIR
			}
			continue
		}
		value, err := d.ReadToken()
		if err != nil || value.Kind() != '"' || value.String() == "" {
			return "", ErrNotFHIR
		}
		return value.String(), nil
	}
	return "", ErrNotFHIR
}

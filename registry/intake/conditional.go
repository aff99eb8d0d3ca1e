package intake

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// conditional is a reference by a query for an identifier, as it may stand in a transaction
// (http://hl7.org/fhir/R4/http.html#trules). Of several alternatives the first counts.
var conditional = regexp.MustCompile(`^([A-Z][A-Za-z]+)\?identifier=([^&,]+)(?:,[^&]*)?$`)

// logical is the identifier for which a conditional reference asks.
func logical(reference string) (kind, system, value string, ok bool) {
	parts := conditional.FindStringSubmatch(reference)
	if parts == nil {
		return "", "", "", false
	}
	token, err := url.PathUnescape(parts[2])
	if err != nil {
		return "", "", "", false
	}
	cut := strings.LastIndexByte(token, '|')
	if cut < 1 || cut == len(token)-1 {
		return "", "", "", false
	}
	return parts[1], token[:cut], token[cut+1:], true
}

// byIdentifier writes a document with its conditional references as references by
// identifier, which mean the same where there is no server to ask. A document without any,
// or that is no JSON, is given back as it is.
func byIdentifier(body []byte) []byte {
	if !bytes.Contains(body, []byte("?identifier=")) {
		return body
	}
	in := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(true))
	var written bytes.Buffer
	out := jsontext.NewEncoder(&written, jsontext.AllowDuplicateNames(true))
	for {
		token, err := in.ReadToken()
		if errors.Is(err, io.EOF) {
			return written.Bytes()
		}
		if err != nil {
			return body
		}
		isName := false
		if kind, length := in.StackIndex(in.StackDepth()); kind == '{' && length%2 == 1 {
			isName = token.Kind() == '"' && token.String() == "reference"
		}
		if !isName || in.PeekKind() != '"' {
			if out.WriteToken(token) != nil {
				return body
			}
			continue
		}
		reference, err := in.ReadToken()
		if err != nil {
			return body
		}
		tokens := []jsontext.Token{jsontext.String("reference"), jsontext.String(reference.String())}
		if kind, system, value, ok := logical(reference.String()); ok {
			tokens = []jsontext.Token{
				jsontext.String("type"), jsontext.String(kind), jsontext.String("identifier"), jsontext.BeginObject,
				jsontext.String("system"), jsontext.String(system), jsontext.String("value"), jsontext.String(value), jsontext.EndObject,
			}
		}
		for _, t := range tokens {
			if out.WriteToken(t) != nil {
				return body
			}
		}
	}
}

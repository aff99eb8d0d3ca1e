package privacy_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// mark is what every mark has: no word, code or number of ours.
const mark = "zqxmerk"

// marker fills a resource with marks.
type marker struct {
	n      int
	random *rand.Rand
	// share is the part of all strings, codes and statuses too, that is replaced.
	share float64
	ids   map[string]string // marked ids by id
}

func (m *marker) next() string {
	m.n++
	return fmt.Sprintf("%s%d", mark, m.n)
}

// kept are the elements by which something is understood: without them nothing would come
// as far as a registry. share says how many of these are replaced all the same.
var kept = map[string]bool{
	"resourceType": true, "system": true, "code": true, "status": true, "intent": true, "url": true, "linkId": true, "questionnaire": true, "unit": true,
	"gender": true, "use": true, "type": true, "mode": true, "profile": true, "periodUnit": true, "when": true, "currency": true, "versionId": true,
	"comparator": true, "timeOfDay": true, "dayOfWeek": true, "method": true,
}

var dateLike = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}){0,2}(T.*)?$`)

// fill marks a value: strings are replaced, and words, names and codes of a local system
// are added wherever R4 has room for them.
func (m *marker) fill(name string, value any) any {
	switch value := value.(type) {
	case map[string]any:
		return m.object(value)
	case []any:
		for i := range value {
			value[i] = m.fill(name, value[i])
		}
		return value
	case string:
		if m.share > 0 && m.random.Float64() < m.share && name != "resourceType" {
			return m.next()
		}
		return m.text(name, value)
	}
	return value
}

func (m *marker) text(name, value string) string {
	switch {
	case name == "id":
		return m.id(value)
	case name == "reference", name == "fullUrl":
		return m.address(value)
	case kept[name], dateLike.MatchString(value), fhir.IsTime(value):
		return value
	}
	return m.next()
}

// id gives an id its mark, the same every time.
func (m *marker) id(id string) string {
	if m.ids[id] == "" {
		m.ids[id] = m.next()
	}
	return m.ids[id]
}

// address marks the id in a reference or URL, so that it still leads there.
func (m *marker) address(to string) string {
	cut := strings.LastIndexAny(to, "/#:")
	return to[:cut+1] + m.id(to[cut+1:])
}

func (m *marker) object(object map[string]any) map[string]any {
	for name, value := range object {
		if name == "contained" && m.share == 0 {
			continue
		}
		object[name] = m.fill(name, value)
	}
	switch {
	case object["resourceType"] != nil && object["resourceType"] != "Bundle" && object["resourceType"] != "Parameters":
		m.resource(object)
	case object["coding"] != nil:
		list, _ := object["coding"].([]any)
		object["coding"] = append(list, map[string]any{"system": "https://epd.example/" + m.next(), "code": m.next(), "display": m.next()})
		object["text"] = m.next()
	case object["system"] != nil && object["code"] != nil && object["value"] == nil, object["reference"] != nil:
		object["display"] = m.next()
	case object["linkId"] != nil:
		object["text"] = m.next()
	}
	return object
}

// resource adds what any resource can have, and what a person has.
func (m *marker) resource(object map[string]any) {
	object["text"] = map[string]any{"status": "generated", "div": `<div xmlns="http://www.w3.org/1999/xhtml">` + m.next() + `</div>`}
	object["language"] = m.next()
	meta, ok := object["meta"].(map[string]any)
	if !ok {
		meta = make(map[string]any)
		object["meta"] = meta
	}
	meta["source"], meta["tag"] = "urn:"+m.next(), []any{map[string]any{"system": "urn:" + m.next(), "code": m.next(), "display": m.next()}}
	extensions, _ := object["extension"].([]any)
	object["extension"] = append(extensions, map[string]any{"url": "https://epd.example/" + m.next(), "valueString": m.next()})
	object["contained"] = []any{map[string]any{"resourceType": "Patient", "id": m.next(), "name": []any{map[string]any{"text": m.next()}}},
		map[string]any{"resourceType": "DocumentReference", "id": m.next(), "content": []any{map[string]any{"attachment": map[string]any{"title": m.next() + ".pdf", "url": "file:///" + m.next()}}}}}
	kind, _ := object["resourceType"].(string)
	if kind == "QuestionnaireResponse" || kind == "AdverseEvent" {
		object["identifier"] = map[string]any{"system": "https://epd.example/" + m.next(), "value": m.next()}
	} else {
		identifiers, _ := object["identifier"].([]any)
		object["identifier"] = append(identifiers, map[string]any{"system": "https://epd.example/" + m.next(), "value": m.next(), "assigner": map[string]any{"display": m.next()}})
	}
	switch kind {
	case "Patient", "Practitioner":
		object["name"] = []any{map[string]any{"text": m.next(), "family": m.next(), "given": []any{m.next()}, "prefix": []any{m.next()}}}
		object["telecom"] = []any{map[string]any{"system": "phone", "value": m.next()}, map[string]any{"system": "email", "value": m.next()}}
		object["address"] = []any{map[string]any{"text": m.next(), "line": []any{m.next()}, "city": m.next(), "postalCode": m.next(), "district": m.next()}}
		object["photo"] = []any{map[string]any{"title": m.next(), "url": "file:///" + m.next()}}
		if kind == "Patient" {
			object["contact"] = []any{map[string]any{"name": map[string]any{"text": m.next()}, "telecom": []any{map[string]any{"value": m.next()}}}}
			object["_birthDate"] = map[string]any{"extension": []any{map[string]any{"url": "https://epd.example/place", "valueString": m.next()}}}
		}
	case "Device":
		for _, element := range []string{"manufacturer", "modelNumber", "serialNumber", "lotNumber", "distinctIdentifier", "partNumber"} {
			object[element] = m.next()
		}
		object["udiCarrier"] = []any{map[string]any{"deviceIdentifier": m.next(), "carrierHRF": m.next()}}
		object["deviceName"] = []any{map[string]any{"name": m.next(), "type": "user-friendly-name"}}
		object["note"] = []any{map[string]any{"text": m.next()}}
	case "Condition", "Procedure", "Observation", "CareTeam", "MedicationStatement", "MedicationRequest", "AllergyIntolerance", "ServiceRequest", "ChargeItem":
		object["note"] = []any{map[string]any{"text": m.next(), "authorString": m.next()}}
	}
}

// filled is a document full of marks.
func filled(document []byte, seed uint64, share float64) []byte {
	if share == unmarked {
		return document
	}
	var value any
	if err := json.Unmarshal(document, &value); err != nil {
		panic(err)
	}
	m := &marker{random: rand.New(rand.NewPCG(seed, 7)), share: share, ids: make(map[string]string)}
	out, err := json.Marshal(m.fill("", value))
	if err != nil {
		panic(err)
	}
	return out
}

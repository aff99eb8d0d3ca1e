package centre

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir/rest"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// question is what $evaluate-measure asks.
type question struct {
	measure string // id
	year    int
	kind    string // of MeasureReport: summary, subject-list, individual
	subject string // id of the patient of an individual report
}

// reportTypes are the types of MeasureReport by how they can be asked for: by the codes of
// the operation, and by their own.
var reportTypes = map[string]string{
	"": "summary", "population": "summary", "summary": "summary", "subject-list": "subject-list", "subject": "individual", "individual": "individual",
}

// parameters are the Parameters of an operation.
type parameters struct {
	ResourceType string      `json:"resourceType"`
	Parameter    []parameter `json:"parameter"`
}

type parameter struct {
	Name      string         `json:"name"`
	Resource  jsontext.Value `json:"resource,omitzero"`
	Date      string         `json:"valueDate,omitzero"`
	Code      string         `json:"valueCode,omitzero"`
	Words     string         `json:"valueString,omitzero"`
	Canonical string         `json:"valueCanonical,omitzero"`
	Reference struct {
		Reference string `json:"reference"`
	} `json:"valueReference,omitzero"`
}

// text is the value of a parameter that is words; empty without.
func (p parameter) text() string {
	return cmp.Or(p.Date, p.Code, p.Words, p.Canonical, p.Reference.Reference)
}

func refuse(code, path, reason string) error {
	return rest.Refuse(http.StatusBadRequest, code, path, reason)
}

// asked are the parameters that $evaluate-measure takes.
var asked = []string{"periodStart", "periodEnd", "measure", "reportType", "subject"}

// question reads what is asked, from the URL and the body.
func (s *Service) question(c *gin.Context) (question, error) {
	values, err := s.values(c)
	if err != nil {
		return question{}, err
	}
	for name, list := range values {
		if !slices.Contains(asked, name) {
			return question{}, refuse("not-supported", name, "is not a parameter that is taken here; there are: "+strings.Join(asked, ", "))
		}
		if len(list) > 1 {
			return question{}, refuse("value", name, "is given more than once")
		}
	}
	kind, known := reportTypes[values.Get("reportType")]
	subject := strings.TrimPrefix(values.Get("subject"), "Patient/")
	switch {
	case !known:
		return question{}, refuse("not-supported", "reportType", "is none of population, subject-list and subject")
	case kind != "summary" && (s.Inside == nil || !s.Inside(c)):
		return question{}, rest.Refuse(http.StatusForbidden, "forbidden", "reportType", "reports about persons stay inside the centre")
	case (kind == "individual") != (subject != ""):
		return question{}, refuse("required", "subject", "goes with reportType subject, and only with that")
	}
	q := question{measure: c.Param("id"), kind: kind, subject: subject}
	if measure := values.Get("measure"); measure != "" {
		id, known := measureID(measure)
		if !known || q.measure != "" && q.measure != id {
			return question{}, refuse("not-found", "measure", "there is no such measure here")
		}
		q.measure = id
	}
	if !slices.Contains(measureIDs, q.measure) {
		return question{}, rest.Refuse(http.StatusNotFound, "not-found", "measure", "there is no such measure here")
	}
	first, last := values.Get("periodStart"), values.Get("periodEnd")
	whole := first[:min(len("2025"), len(first))]
	year, err := strconv.Atoi(whole)
	if err != nil || !slices.Contains([]string{whole, whole + "-01", whole + "-01-01"}, first) || !slices.Contains([]string{whole, whole + "-12", whole + "-12-31"}, last) {
		return question{}, refuse("value", "periodStart", "periodStart and periodEnd must be the first and last day of one calendar year")
	}
	q.year = year
	return q, nil
}

// measureID is the id of a measure that is named by id, "Measure/id" or canonical.
func measureID(measure string) (string, bool) {
	name, version, versioned := strings.Cut(measure, "|")
	name = strings.TrimPrefix(strings.TrimPrefix(name, mapping.CanonicalBase+"/"), "Measure/")
	return name, slices.Contains(measureIDs, name) && (!versioned || version == MeasureVersion)
}

// values are the parameters of a request by name; _format is left out.
func (s *Service) values(c *gin.Context) (url.Values, error) {
	values := c.Request.URL.Query()
	values.Del("_format")
	if c.Request.Method != http.MethodPost || c.Request.ContentLength == 0 {
		return values, nil
	}
	body, err := rest.Body(c, s.Bytes)
	if err != nil {
		return nil, err
	}
	p, err := readParameters(body)
	if err != nil {
		return nil, err
	}
	for i, one := range p.Parameter {
		if one.text() == "" {
			return nil, refuse("structure", "Parameters.parameter["+strconv.Itoa(i)+"]", "has no date, code, string, canonical or reference as value")
		}
		values.Add(one.Name, one.text())
	}
	return values, nil
}

func readParameters(body []byte) (parameters, error) {
	var p parameters
	if err := json.Unmarshal(body, &p); err != nil || p.ResourceType != "Parameters" {
		return p, refuse("structure", "", "the body is not a Parameters resource in JSON")
	}
	return p, nil
}

// submitted makes a Bundle of the data in the Parameters of $submit-data: a measureReport
// of type data-collection that names a Measure of ours, and resources.
func submitted(body []byte) ([]byte, error) {
	p, err := readParameters(body)
	if err != nil {
		return nil, err
	}
	var report struct {
		ResourceType string `json:"resourceType"`
		Type         string `json:"type"`
		Measure      string `json:"measure"`
	}
	reports := 0
	type entry struct {
		Resource jsontext.Value `json:"resource"`
	}
	bundle := struct {
		ResourceType string  `json:"resourceType"`
		Type         string  `json:"type"`
		Entry        []entry `json:"entry"`
	}{"Bundle", "collection", []entry{}}
	for i, one := range p.Parameter {
		path := "Parameters.parameter[" + strconv.Itoa(i) + "]"
		switch {
		case len(one.Resource) == 0:
			return nil, refuse("structure", path, "has no resource")
		case one.Name == "measureReport":
			reports++
			if err := json.Unmarshal(one.Resource, &report); err != nil || report.ResourceType != "MeasureReport" {
				return nil, refuse("structure", path, "is not a MeasureReport")
			}
		case one.Name == "resource":
			bundle.Entry = append(bundle.Entry, entry{bytes.Clone(one.Resource)})
		default:
			return nil, refuse("not-supported", path+".name", "is neither measureReport nor resource")
		}
	}
	switch _, known := measureID(report.Measure); {
	case reports != 1:
		return nil, refuse("required", "Parameters.parameter", "must hold one measureReport")
	case report.Type != "data-collection":
		return nil, refuse("value", "MeasureReport.type", "must be data-collection")
	case !known:
		return nil, refuse("not-found", "MeasureReport.measure", "there is no such measure here")
	}
	return json.Marshal(bundle)
}

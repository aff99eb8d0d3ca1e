package centre

import (
	"net/url"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// fullURLs is the namespace of the full URLs of reports in Bundles.
var fullURLs = uuid.NewSHA1(uuid.NameSpaceURL, []byte(mapping.CanonicalBase+"/sid/measure-report"))

// Collection is the MeasureReports of a report in a Bundle.
func Collection(r *Report, how Reporting) (*encode.Bundle, error) {
	return bundle(r, how, "collection")
}

// Transaction is what delivers the MeasureReports to a registry that is a FHIR server:
// each is put in the place of the one with the same identifier, or made. Sent twice it
// changes nothing. Its identifier is the same as long as its content is: the key under
// which it is queued, once.
func Transaction(r *Report, how Reporting) (*encode.Bundle, error) {
	return bundle(r, how, "transaction")
}

func bundle(r *Report, how Reporting, kind string) (*encode.Bundle, error) {
	reports, err := MeasureReports(r, how)
	if err != nil {
		return nil, err
	}
	out := &encode.Bundle{Type: kind}
	var content []byte
	for _, report := range reports {
		id := report.Identifiers[0]
		entry := encode.Entry{FullURL: "urn:uuid:" + uuid.NewSHA1(fullURLs, []byte(id.System+"|"+id.Value)).String(), Resource: report}
		if kind == "transaction" {
			entry.Request = &encode.Request{Method: "PUT", URL: "MeasureReport?identifier=" + url.QueryEscape(id.System+"|"+id.Value)}
		}
		document, err := encode.JSON(report)
		if err != nil {
			return nil, err
		}
		content = append(content, document...)
		out.Entries = append(out.Entries, entry)
	}
	out.Identifiers = []encode.Identifier{{System: mapping.CanonicalBase + "/sid/delivery", Value: uuid.NewSHA1(fullURLs, content).String()}}
	return out, nil
}

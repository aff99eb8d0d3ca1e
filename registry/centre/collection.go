package centre

import (
	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// fullURLs is the namespace of the full URLs of reports in Bundles.
var fullURLs = uuid.NewSHA1(uuid.NameSpaceURL, []byte(mapping.CanonicalBase+"/sid/measure-report"))

// Collection is the MeasureReports of a report in a Bundle, to be read or kept. Registries
// get them through the queue (Publication).
func Collection(r *Report, how Reporting) (*encode.Bundle, error) {
	reports, err := MeasureReports(r, how)
	if err != nil {
		return nil, err
	}
	out := &encode.Bundle{Type: "collection"}
	var content []byte
	for _, report := range reports {
		document, err := encode.JSON(report)
		if err != nil {
			return nil, err
		}
		content = append(content, document...)
		id := report.Identifiers[0]
		out.Entries = append(out.Entries, encode.Entry{FullURL: "urn:uuid:" + uuid.NewSHA1(fullURLs, []byte(id.System+"|"+id.Value)).String(), Resource: report})
	}
	out.Identifiers = []encode.Identifier{{System: mapping.CanonicalBase + "/sid/delivery", Value: uuid.NewSHA1(fullURLs, content).String()}}
	return out, nil
}

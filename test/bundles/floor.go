package bundles

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// ByLibrary reads a bundle into the same structs with a general JSON library and
// without any check: the floor of benchmarks.
func ByLibrary(data []byte) ([]fhir.Resource, error) {
	var bundle struct {
		Entry []struct {
			Resource jsontext.Value `json:"resource"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(data, &bundle); err != nil {
		return nil, err
	}
	var resources []fhir.Resource
	for _, entry := range bundle.Entry {
		var head struct {
			ResourceType string `json:"resourceType"`
		}
		if err := json.Unmarshal(entry.Resource, &head); err != nil {
			return nil, err
		}
		resource := Empty(head.ResourceType)
		if err := json.Unmarshal(entry.Resource, resource); err != nil {
			return nil, err
		}
		resources = append(resources, resource)
	}
	return resources, nil
}

// Empty is a resource of the type to be filled in, nil when it is not read.
func Empty(kind string) fhir.Resource {
	for _, resource := range []fhir.Resource{
		new(fhir.AdverseEvent), new(fhir.AllergyIntolerance), new(fhir.Appointment), new(fhir.CareTeam), new(fhir.ChargeItem), new(fhir.Condition), new(fhir.Device),
		new(fhir.DeviceRequest), new(fhir.DeviceUseStatement), new(fhir.DiagnosticReport), new(fhir.Encounter), new(fhir.GuidanceResponse),
		new(fhir.ImagingStudy), new(fhir.Location), new(fhir.Medication), new(fhir.MedicationRequest), new(fhir.MedicationStatement),
		new(fhir.Observation), new(fhir.Organization), new(fhir.Patient), new(fhir.Practitioner), new(fhir.PractitionerRole),
		new(fhir.Procedure), new(fhir.Questionnaire), new(fhir.QuestionnaireResponse), new(fhir.ServiceRequest),
	} {
		if resource.Type() == kind {
			return resource
		}
	}
	return nil
}

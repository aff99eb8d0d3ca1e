package decode

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// content is what was read of one resource.
type content struct {
	resource fhir.Resource  // nil when its type is not read
	kind     string         // resource type; "" when FHIR has no such type
	id       string         // also when the type is not read
	about    fhir.Reference // subject of a resource whose type is not read
}

// name is "Type/id", or the place when there is no id.
func (c content) name(place string) string {
	id := c.id
	if c.resource != nil {
		id = c.resource.Head().ID
	}
	if id == "" || c.kind == "" {
		return place
	}
	return c.kind + "/" + id
}

// readers are the resource types that are read.
var readers map[string]func(*reader) fhir.Resource

func init() { // resources contain resources
	readers = map[string]func(*reader) fhir.Resource{
		"AdverseEvent":          typed(adverseEvents, nil),
		"AllergyIntolerance":    typed(allergies, nil),
		"Appointment":           typed(appointments, nil),
		"CareTeam":              typed(careTeams, nil),
		"ChargeItem":            typed(chargeItems, nil),
		"CodeSystem":            typed(codeSystems, nil),
		"Condition":             typed(conditions, finishCondition),
		"Device":                typed(devices, nil),
		"DeviceRequest":         typed(deviceRequests, nil),
		"DeviceUseStatement":    typed(deviceUseStatements, nil),
		"DiagnosticReport":      typed(diagnosticReports, nil),
		"Encounter":             typed(encounters, nil),
		"GuidanceResponse":      typed(guidanceResponses, nil),
		"ImagingStudy":          typed(imagingStudies, nil),
		"Location":              typed(locations, nil),
		"Medication":            typed(medications, nil),
		"MedicationDispense":    readDispense,
		"MedicationRequest":     typed(medicationRequests, finishMedicationRequest),
		"MedicationStatement":   typed(medicationStatements, finishMedicationStatement),
		"Observation":           typed(observations, nil),
		"Organization":          typed(organizations, nil),
		"Patient":               typed(patients, nil),
		"Practitioner":          typed(practitioners, nil),
		"PractitionerRole":      typed(practitionerRoles, nil),
		"Procedure":             typed(procedures, finishProcedure),
		"ProcedureRequest":      typed(procedureRequests, finishSTU3Request),
		"Questionnaire":         typed(questionnaires, nil),
		"QuestionnaireResponse": typed(questionnaireResponses, nil),
		"ReferralRequest":       typed(referralRequests, finishSTU3Request),
		"ServiceRequest":        typed(serviceRequests, nil),
		"ValueSet":              typed(valueSets, nil),
	}
}

// typed reads a resource by its table; finish has the last word, when given.
func typed[T any, P pointer[T]](t *table[T], finish func(*reader, *T)) func(*reader) fhir.Resource {
	return func(r *reader) fhir.Resource {
		to := new(T)
		r.subject.header = P(to).Head()
		object(r, t, to)
		if finish != nil {
			finish(r, to)
		}
		return P(to)
	}
}

// resource reads the resource of a type at the cursor. r.subject is then about it.
func (r *reader) resource(kind string) content {
	r.subject = current{base: len(r.path), contained: r.subject.contained}
	if r.probe != nil {
		r.probe.resource = true
	}
	if read := readers[kind]; read != nil {
		return content{resource: read(r), kind: kind}
	}
	if kind == "" && r.peek() == '{' {
		r.wrong(codeRequired, "resourceType is missing or not a string")
	}
	var other unread
	object(r, unreads, &other)
	if !fhirTypes[kind] {
		kind = ""
	}
	return content{kind: kind, id: other.id, about: other.about}
}

// unread is what is read of a resource whose type is not read.
type unread struct {
	id    string
	about fhir.Reference
}

var unreads = tableOf([]element[unread]{
	{name: "id", read: func(r *reader, u *unread) { r.id(&u.id) }},
	{name: "subject", read: func(r *reader, u *unread) { r.about(&u.about) }},
	{name: "patient", read: func(r *reader, u *unread) { r.about(&u.about) }},
	{name: "modifierExtension", read: func(r *reader, _ *unread) { r.skip() }},
}, ignored[unread]("", "resourceType"))

// about reads the subject of a resource whose type is not read, where it is a Reference.
func (r *reader) about(to *fhir.Reference) {
	if r.peek() != '{' {
		r.skipNamed(r.path[len(r.path)-1].name)
		return
	}
	object(r, references, to)
}

// fhirTypes are the resource types of R4, and those of STU3 that R4 no longer has.
var fhirTypes = func() map[string]bool {
	types := map[string]bool{}
	for name := range strings.FieldsSeq(typeNames) {
		types[name] = true
	}
	return types
}()

// https://hl7.org/fhir/R4/resourcelist.html, https://hl7.org/fhir/STU3/resourcelist.html
const typeNames = `
Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary
BiologicallyDerivedProduct BodySite BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry
ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
CoverageEligibilityResponse DataElement DetectedIssue Device DeviceComponent DeviceDefinition DeviceMetric
DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis
EligibilityRequest EligibilityResponse Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare
EventDefinition Evidence EvidenceVariable ExampleScenario ExpansionProfile ExplanationOfBenefit FamilyMemberHistory
Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingManifest ImagingStudy Immunization
ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List
Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization
MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction
MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical
MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder
Observation ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation
Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole Procedure
ProcedureRequest ProcessRequest ProcessResponse Provenance Questionnaire QuestionnaireResponse ReferralRequest
RelatedPerson RequestGroup ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment
RiskEvidenceSynthesis Schedule SearchParameter Sequence ServiceDefinition ServiceRequest Slot Specimen
SpecimenDefinition StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid SubstancePolymer
SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery
SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet VerificationResult VisionPrescription
`

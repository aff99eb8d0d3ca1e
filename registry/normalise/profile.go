package normalise

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
)

// ProfileVersion is the version of the profiles that resources claim.
const ProfileVersion = profiles.Version

// profile is a kind of resource that is sent.
type profile struct {
	id           string // of its StructureDefinition
	resource     string // type
	purpose      string // of its pseudonyms, and part of the system of its identifiers
	single       bool   // R4 gives the type room for one identifier
	unsearchable bool   // R4 cannot search the type by identifier, so a tag says it too
	stateless    bool   // R4 gives the type no status that withdraws it
}

// The profiles, in the order in which entries stand.
var (
	organizationProfile = profile{id: "registry-organization", resource: "Organization", purpose: "organization"}
	patientProfile      = profile{id: "registry-patient", resource: "Patient", purpose: "patient"}
	indicationProfile   = profile{id: "registry-indication", resource: "Condition", purpose: "condition"}
	painProfile         = profile{id: "registry-pain", resource: "Observation", purpose: "observation"}
	scoreProfile        = profile{id: "registry-score", resource: "Observation", purpose: "observation"}
	opioidDoseProfile   = profile{id: "registry-opioid-dose", resource: "Observation", purpose: "observation"}
	bmiProfile          = profile{id: "registry-bmi", resource: "Observation", purpose: "observation"}
	attacksProfile      = profile{id: "registry-attacks", resource: "Observation", purpose: "observation"}
	procedureProfile    = profile{id: "registry-procedure", resource: "Procedure", purpose: "procedure"}
	deviceProfile       = profile{id: "registry-device", resource: "Device", purpose: "device"}
	deviceUseProfile    = profile{id: "registry-device-use", resource: "DeviceUseStatement", purpose: "device-use-statement"}
	medicationProfile   = profile{id: "registry-medication", resource: "MedicationStatement", purpose: "medication-statement"}
	responseProfile     = profile{id: "registry-response", resource: "QuestionnaireResponse", purpose: "questionnaire-response", single: true}
	careTeamProfile     = profile{id: "registry-care-team", resource: "CareTeam", purpose: "care-team"}
	contactProfile      = profile{id: "registry-contact", resource: "Encounter", purpose: "encounter"}
	adverseEventProfile = profile{id: "registry-adverse-event", resource: "AdverseEvent", purpose: "adverse-event", single: true, stateless: true, unsearchable: true}
	costProfile         = profile{id: "registry-cost", resource: "ChargeItem", purpose: "charge-item"}
	judgementProfile    = profile{id: "registry-judgement", resource: "GuidanceResponse", purpose: "guidance-response"}
	reportProfile       = profile{id: "registry-measure-report", resource: "MeasureReport", purpose: "measure-report", stateless: true}
	provenanceProfile   = profile{id: "registry-provenance", resource: "Provenance", purpose: "provenance"}
)

var profileTable = []profile{
	organizationProfile, patientProfile, indicationProfile, painProfile, scoreProfile, opioidDoseProfile, bmiProfile, attacksProfile,
	procedureProfile, deviceProfile, deviceUseProfile, medicationProfile, responseProfile, careTeamProfile, contactProfile,
	adverseEventProfile, costProfile, judgementProfile, reportProfile, provenanceProfile,
}

// always are the profiles that every target gets.
var always = []profile{organizationProfile, patientProfile, provenanceProfile}

// bundleProfile is the id of the profile of a Bundle.
const bundleProfile = "registry-bundle"

// canonical is what meta.profile says of a profile.
func canonical(id string) string {
	return mapping.CanonicalBase + "/StructureDefinition/" + id + "|" + ProfileVersion
}

// codeSystem is the URL of a CodeSystem of ours.
func codeSystem(id string) string { return mapping.CanonicalBase + "/CodeSystem/" + id }

// extensionURL is the URL of an extension of ours.
func extensionURL(id string) string { return mapping.CanonicalBase + "/StructureDefinition/" + id }

// sid is the system of identifiers of ours.
func sid(id string) string { return mapping.CanonicalBase + "/sid/" + id }

// rank is the place of a profile among the entries.
func (p profile) rank() int {
	return slices.IndexFunc(profileTable, func(one profile) bool { return one.id == p.id })
}

// Takes reports whether a target gets resources of the profile with an id.
func (t Target) Takes(id string) bool {
	return slices.ContainsFunc(profileTable, func(p profile) bool { return p.id == id && t.takes(p) })
}

// takes reports whether a target gets resources of a profile.
func (t Target) takes(p profile) bool {
	return len(t.Include) == 0 || slices.Contains(always, p) || slices.Contains(t.Include, p.id)
}

// What Pijnpoort asks of a registry that it delivers to. What an installation of Pijnpoort
// itself serves is told by its own /fhir/metadata.

RuleSet: Receives(type, profile)
* rest.resource[+].type = #{type}
* rest.resource[=].supportedProfile[+] = "https://pijnpoort.example/fhir/StructureDefinition/{profile}"
* rest.resource[=].interaction.code = #update
* rest.resource[=].conditionalUpdate = true
* rest.resource[=].searchParam.name = "identifier"
* rest.resource[=].searchParam.type = #token

RuleSet: Also(profile)
* rest.resource[=].supportedProfile[+] = "https://pijnpoort.example/fhir/StructureDefinition/{profile}"

Instance: registry
InstanceOf: CapabilityStatement
Title: "A registry that takes transactions"
Description: "A FHIR server to which normalised bundles are delivered as transactions of conditional updates, so that the same data twice change nothing."
Usage: #definition
* name = "Registry"
* status = #active
* date = "2026-11-22"
* kind = #requirements
* fhirVersion = #4.0.1
* format = #json
* rest.mode = #server
* rest.interaction.code = #transaction
* rest.resource[+].type = #Organization
* rest.resource[=].supportedProfile[+] = "https://pijnpoort.example/fhir/StructureDefinition/registry-organization"
* rest.resource[=].interaction.code = #create
* rest.resource[=].conditionalCreate = true
* rest.resource[=].searchParam.name = "identifier"
* rest.resource[=].searchParam.type = #token
* insert Receives(Patient, registry-patient)
* insert Receives(Condition, registry-indication)
* insert Receives(Observation, registry-pain)
* insert Also(registry-score)
* insert Also(registry-opioid-dose)
* insert Also(registry-bmi)
* insert Also(registry-attacks)
* insert Receives(Procedure, registry-procedure)
* insert Receives(Device, registry-device)
* insert Receives(DeviceUseStatement, registry-device-use)
* insert Receives(MedicationStatement, registry-medication)
* insert Receives(QuestionnaireResponse, registry-response)
* insert Receives(CareTeam, registry-care-team)
* insert Receives(Encounter, registry-contact)
* insert Receives(AdverseEvent, registry-adverse-event)
* rest.resource[=].searchParam.name = "_tag"
* insert Receives(ChargeItem, registry-cost)
* insert Receives(GuidanceResponse, registry-judgement)
* insert Receives(MeasureReport, registry-measure-report)

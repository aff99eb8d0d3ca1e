Profile: RegistryIndication
Parent: Condition
Id: registry-indication
Title: "Indication"
Description: "A condition for which neuromodulation is meant or given."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-condition
* clinicalStatus 0..1
* insert Codes(clinicalStatus)
* verificationStatus 1..1
* insert Codes(verificationStatus)
* verificationStatus from RegistryVerificationStatus (required)
* category 0..0
* severity 0..0
* code 1..1
* insert Codes(code)
* insert Own(code, RegistryIndicationValues)
* code.coding[own].system = "https://pijnpoort.example/fhir/CodeSystem/indication"
* bodySite 0..0
* insert About
* encounter 0..0
* onset[x] 0..1 MS
* onset[x] only dateTime
* abatement[x] 0..0
* recordedDate 0..1 MS
* recorder 0..0
* asserter 0..0
* stage 0..0
* evidence 0..0
* note 0..0

Mapping: RegistryIndicationToNLCore
Source: RegistryIndication
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-Problem"
Id: nl-core
Title: "nl-core-Problem"
* -> "nl-core-Problem"
* clinicalStatus -> "Condition.clinicalStatus"
* verificationStatus -> "Condition.verificationStatus"
* code -> "Condition.code"
* subject -> "Condition.subject"
* onset[x] -> "Condition.onsetDateTime, shortened"
* recordedDate -> "Condition.recordedDate"

Profile: RegistryMedication
Parent: MedicationStatement
Id: registry-medication
Title: "Medication in use"
Description: "The use of a medicine that the standpunt asks about."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-medication-statement
* basedOn 0..0
* partOf 0..0
* status MS
* statusReason 0..0
* category 0..0
* medication[x] only CodeableConcept
* insert Codes(medicationCodeableConcept)
* medicationCodeableConcept obeys pijnpoort-own-code and pijnpoort-medication-group
* insert About
* context 0..0
* effective[x] 0..1 MS
* effective[x] only Period
* dateAsserted 0..0
* informationSource 0..0
* derivedFrom 0..0
* reasonCode 0..0
* reasonReference 0..0
* note 0..0
* dosage 0..0

// A slice would say it better; the snapshot generator of HAPI cannot take one below
// medication[x].
Invariant: pijnpoort-medication-group
Description: "One coding tells the group; what was entered in error may have lost it."
Severity: #error
Expression: "coding.where(system = 'https://pijnpoort.example/fhir/CodeSystem/medication-group').all($this.memberOf('https://pijnpoort.example/fhir/ValueSet/medication-group-values'))"

Mapping: RegistryMedicationToNLCore
Source: RegistryMedication
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-MedicationUse2"
Id: nl-core
Title: "nl-core-MedicationUse2"
* -> "nl-core-MedicationUse2"
* status -> "MedicationStatement.status"
* medication[x] -> "MedicationStatement.medication[x]"
* subject -> "MedicationStatement.subject"
* effective[x] -> "MedicationStatement.effectivePeriod"

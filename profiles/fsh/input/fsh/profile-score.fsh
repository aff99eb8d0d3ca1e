Profile: RegistryScore
Parent: Observation
Id: registry-score
Title: "Score of an outcome instrument"
Description: "A score with the rule by which it was computed, or the reason why there is none. nl-core has no profile for it."
* insert Bare
* extension contains PromMoment named moment 0..1 MS
* extension ^slicing.rules = #closed
* insert Pseudonym
* obeys pijnpoort-sid-observation
* status MS
* status from RegistryScoreStatus (required)
* obeys pijnpoort-scored
* category 1..1
* insert Codes(category)
* category.coding 1..1
* category.coding.system = "http://terminology.hl7.org/CodeSystem/observation-category"
* category.coding.code = #survey
* code 1..1
* insert Codes(code)
* insert Own(code, PromScoreValues)
* code.coding[own].system = "https://pijnpoort.example/fhir/CodeSystem/prom-score"
* insert About
* effective[x] 0..1 MS
* effective[x] only dateTime
* value[x] 0..1
* value[x] only Quantity
* insert Amount(valueQuantity)
* dataAbsentReason 0..1
* insert Codes(dataAbsentReason)
* method 0..1
* insert Codes(method)
* method from PromRuleValues (required)
* derivedFrom only Reference(RegistryResponse)
* insert Link(derivedFrom)
* basedOn 0..0
* partOf 0..0
* focus 0..0
* encounter 0..0
* issued 0..0
* performer 0..0
* interpretation 0..0
* note 0..0
* specimen 0..0
* device 0..0
* referenceRange 0..0
* hasMember 0..0
* component 0..0
* bodySite 0..0

Invariant: pijnpoort-scored
Description: "A score has a value or the reason why there is none, unless it was entered in error."
Severity: #error
Expression: "status = 'entered-in-error' or (value.exists() xor dataAbsentReason.exists())"

ValueSet: RegistryScoreStatus
Id: registry-score-status
Title: "Status of a score"
Description: "A score has the status that follows from that of its responses."
* http://hl7.org/fhir/observation-status#final
* http://hl7.org/fhir/observation-status#amended
* http://hl7.org/fhir/observation-status#preliminary
* http://hl7.org/fhir/observation-status#cancelled
* http://hl7.org/fhir/observation-status#entered-in-error
* http://hl7.org/fhir/observation-status#unknown

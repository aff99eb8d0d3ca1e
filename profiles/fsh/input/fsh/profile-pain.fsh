Profile: RegistryPain
Parent: Observation
Id: registry-pain
Title: "Pain"
Description: "How much pain there was, on a day or as the mean over the days of a window."
* insert Bare
* extension contains PainWindow named window 0..1 MS
* extension ^slicing.rules = #closed
* insert Pseudonym
* obeys pijnpoort-sid-observation
* status MS
* status from RegistryObservationStatus (required)
* obeys pijnpoort-measured and pijnpoort-pain-scale
* category 1..1
* insert Codes(category)
* category.coding 1..1
* category.coding.system = "http://terminology.hl7.org/CodeSystem/observation-category"
* category.coding.code = #survey
* code 1..1
* insert Codes(code)
* insert Own(code, PainMeasurement)
* code.coding[own].system = "https://pijnpoort.example/fhir/CodeSystem/measurement"
* insert About
* effective[x] 0..1 MS
* effective[x] only dateTime or Period
* value[x] 0..1
* value[x] only Quantity
* insert Amount(valueQuantity)
* bodySite 0..1
* insert Codes(bodySite)
* bodySite from BodySiteValues (required)
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
* dataAbsentReason 0..0
* method 0..0
* derivedFrom 0..0

Invariant: pijnpoort-measured
Description: "A measurement has a value, unless it was entered in error."
Severity: #error
Expression: "status = 'entered-in-error' or value.exists()"

Invariant: pijnpoort-pain-scale
Description: "The numeric rating scale runs from 0 to 10, the visual analogue scale from 0 to 100 mm."
Severity: #error
Expression: "value.empty() or (value.code = '{score}' and value.value >= 0 and value.value <= 10 and code.coding.where(code = 'pain-nrs').exists()) or (value.code = 'mm' and value.value >= 0 and value.value <= 100 and code.coding.where(code = 'pain-vas').exists())"

ValueSet: PainMeasurement
Id: pain-measurement
Title: "Pain scales"
Description: "The scales on which pain is scored."
* Measurement#pain-nrs
* Measurement#pain-vas

Mapping: RegistryPainToNLCore
Source: RegistryPain
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-PainScore"
Id: nl-core
Title: "nl-core-PainScore"
* -> "nl-core-PainScore"
* code -> "Observation.code, with Observation.method"
* subject -> "Observation.subject"
* effective[x] -> "Observation.effectiveDateTime"
* value[x] -> "Observation.value[x]"

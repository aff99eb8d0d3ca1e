Profile: RegistryOpioidDose
Parent: Observation
Id: registry-opioid-dose
Title: "Opioid dose"
Description: "Opioids per day as morphine, by a table that the method names. Where the table leaves a factor open the dose is an interval."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-observation
* status MS
* status from RegistryObservationStatus (required)
* obeys pijnpoort-measured
* code 1..1
* insert Codes(code)
* code obeys pijnpoort-own-code
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding contains own 0..1 MS
* code.coding[own].system = "https://pijnpoort.example/fhir/CodeSystem/measurement"
* code.coding[own].code = #opioid-dose
* insert About
* effective[x] 0..1 MS
* effective[x] only dateTime
* value[x] 0..1
* value[x] only Quantity or Range
* insert Amount(valueQuantity)
* valueQuantity.code = #mg/d
* insert Amount(valueRange.low)
* valueRange.low.code = #mg/d
* insert Amount(valueRange.high)
* valueRange.high.code = #mg/d
* method 0..1
* insert Codes(method)
* method from MedTableValues (required)
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
* category 0..0
* dataAbsentReason 0..0
* bodySite 0..0
* derivedFrom 0..0

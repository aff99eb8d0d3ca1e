Profile: RegistryBMI
Parent: Observation
Id: registry-bmi
Title: "Body mass index"
Description: "Body mass index, measured or computed. nl-core has no profile for it."
* insert Bare
* insert NoExtensions
* insert Pseudonym
* obeys pijnpoort-sid-observation
* status MS
* status from RegistryObservationStatus (required)
* obeys pijnpoort-measured
* category 1..1
* insert Codes(category)
* category.coding 1..1
* category.coding.system = "http://terminology.hl7.org/CodeSystem/observation-category"
* category.coding.code = #vital-signs
* code 1..1
* insert Codes(code)
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding contains loinc 0..1 MS
* code.coding[loinc].system = $loinc
* code.coding[loinc].code = #39156-5
* insert About
* effective[x] 0..1 MS
* effective[x] only dateTime
* value[x] 0..1
* value[x] only Quantity
* insert Amount(valueQuantity)
* valueQuantity.code = #kg/m2
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
* bodySite 0..0
* method 0..0
* derivedFrom 0..0

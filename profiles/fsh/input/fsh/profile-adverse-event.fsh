Profile: RegistryAdverseEvent
Parent: AdverseEvent
Id: registry-adverse-event
Title: "Adverse event"
Description: "A complication of the treatment. nl-core has no profile for it."
* insert Bare
* insert NoExtensions
* insert OnePseudonym
* obeys pijnpoort-sid-adverse-event
* actuality MS
* actuality = #actual
* category 0..0
* event 1..1
* insert Codes(event)
* insert Own(event, ComplicationValues)
* event.coding[own].system = "https://pijnpoort.example/fhir/CodeSystem/complication"
* insert About
* encounter 0..0
* date 0..1 MS
* detected 0..0
* recordedDate 0..0
* resultingCondition 0..0
* location 0..0
* seriousness 0..1
* insert Codes(seriousness)
* severity 0..0
* outcome 0..0
* recorder 0..0
* contributor 0..0
* suspectEntity 0..1 MS
* suspectEntity.instance only Reference(RegistryDevice)
* insert Link(suspectEntity.instance)
* suspectEntity.causality 0..0
* subjectMedicalHistory 0..0
* referenceDocument 0..0
* study 0..0

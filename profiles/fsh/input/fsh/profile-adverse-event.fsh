Profile: RegistryAdverseEvent
Parent: AdverseEvent
Id: registry-adverse-event
Title: "Adverse event"
Description: "A complication of the treatment. Its pseudonym may stand in a tag too: R4 cannot search this resource by identifier. nl-core has no profile for it."
* insert BareButTags
* meta.tag 0..2
* meta.tag.system 1..1
* meta.tag.version 0..0
* meta.tag.code 1..1
* meta.tag.code obeys pijnpoort-pseudonym
* meta.tag.display 0..0
* meta.tag.userSelected 0..0
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

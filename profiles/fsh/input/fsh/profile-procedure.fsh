Profile: RegistryProcedure
Parent: Procedure
Id: registry-procedure
Title: "Procedure"
Description: "An operation for neuromodulation, done or not."
* insert Bare
* extension contains
    ModalityUsed named modality 0..1 MS and
    PossibleKind named possible 0..* MS
* extension ^slicing.rules = #closed
* insert Pseudonym
* obeys pijnpoort-sid-procedure
* instantiatesCanonical 0..0
* instantiatesUri 0..0
* basedOn 0..0
* partOf 0..0
* status MS
* statusReason 0..0
* category 1..1
* insert Codes(category)
* category from ProcedureKindValues (required)
* code 0..1
* insert Codes(code)
* insert About
* encounter 0..0
* performed[x] 0..1 MS
* performed[x] only dateTime or Period
* recorder 0..0
* asserter 0..0
* performer 0..1 MS
* performer.function 0..1
* insert Codes(performer.function)
* performer.function from IntakeValues (required)
* performer.actor only Reference(RegistryOrganization)
* insert Link(performer.actor)
* performer.onBehalfOf 0..0
* location 0..0
* reasonCode 0..*
* insert Codes(reasonCode)
* reasonReference only Reference(RegistryIndication)
* insert Link(reasonReference)
* bodySite 0..0
* outcome 0..0
* report 0..0
* complication 0..0
* complicationDetail 0..0
* followUp 0..0
* note 0..0
* focalDevice MS
* focalDevice.action 0..0
* focalDevice.manipulated only Reference(RegistryDevice)
* insert Link(focalDevice.manipulated)
* usedReference 0..0
* usedCode 0..0

Mapping: RegistryProcedureToNLCore
Source: RegistryProcedure
Target: "http://nictiz.nl/fhir/StructureDefinition/nl-core-Procedure-event"
Id: nl-core
Title: "nl-core-Procedure-event"
* -> "nl-core-Procedure-event"
* status -> "Procedure.status"
* code -> "Procedure.code"
* subject -> "Procedure.subject"
* performed[x] -> "Procedure.performed[x]"
* performer -> "Procedure.performer, the organisation only"
* reasonReference -> "Procedure.reasonReference"
* focalDevice -> "Procedure.focalDevice"

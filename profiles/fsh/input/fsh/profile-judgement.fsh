Profile: RegistryJudgement
Parent: GuidanceResponse
Id: registry-judgement
Title: "Judgement by the standpunt"
Description: "What the standpunt says of the patient: the verdict, what came of each criterion, and which facts were lacking. nl-core has no profile for it."
* insert Bare
* extension contains
    VerdictGiven named verdict 0..1 MS and
    PhaseJudged named phase 0..1 MS and
    ModalityUsed named modality 0..1 MS and
    CriterionOutcome named outcome 0..* MS and
    MissingFact named missing 0..* MS
* extension ^slicing.rules = #closed
* insert Pseudonym
* obeys pijnpoort-sid-guidance-response and pijnpoort-judged
* requestIdentifier 0..0
* module[x] only canonical
* moduleCanonical obeys pijnpoort-standpunt
* module[x] MS
* status MS
* insert About
* encounter 0..0
* occurrenceDateTime 0..1 MS
* performer 0..0
* reasonCode 0..0
* reasonReference MS
* reasonReference only Reference(RegistryIndication)
* insert Link(reasonReference)
* note 0..0
* evaluationMessage 0..0
* outputParameters 0..0
* result 0..0
* dataRequirement 0..0

Invariant: pijnpoort-judged
Description: "A judgement has a verdict and a phase, unless it was entered in error."
Severity: #error
Expression: "status = 'entered-in-error' or (extension.where(url = 'https://pijnpoort.example/fhir/StructureDefinition/verdict').exists() and extension.where(url = 'https://pijnpoort.example/fhir/StructureDefinition/phase').exists())"

Invariant: pijnpoort-standpunt
Description: "The module is a version of the standpunt."
Severity: #error
Expression: "$this.toString().startsWith('https://pijnpoort.example/fhir/PlanDefinition/standpunt-')"

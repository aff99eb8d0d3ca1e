// Every CodeSystem as a ValueSet, to bind to, and the subsets that profiles bind to.

RuleSet: All(system)
* include codes from system https://pijnpoort.example/fhir/CodeSystem/{system}

ValueSet: RegistryIndicationValues
Id: indication-values
Title: "Indications"
Description: "All codes of the CodeSystem indication."
* insert All(indication)

ValueSet: ProcedureKindValues
Id: procedure-kind-values
Title: "Kinds of procedures"
Description: "All codes of the CodeSystem procedure-kind."
* insert All(procedure-kind)

ValueSet: ModalityValues
Id: modality-values
Title: "Modalities"
Description: "All codes of the CodeSystem modality."
* insert All(modality)

ValueSet: BodySiteValues
Id: body-site-values
Title: "Sites of pain"
Description: "All codes of the CodeSystem body-site."
* insert All(body-site)

ValueSet: PainWindowValues
Id: pain-window-values
Title: "Windows of pain scores"
Description: "All codes of the CodeSystem pain-window."
* insert All(pain-window)

ValueSet: PromMomentValues
Id: prom-moment-values
Title: "Moments of the follow-up"
Description: "All codes of the CodeSystem prom-moment."
* insert All(prom-moment)

ValueSet: MedTableValues
Id: med-table-values
Title: "Tables of morphine equivalents"
Description: "All codes of the CodeSystem med-table."
* insert All(med-table)

ValueSet: MedicationGroupValues
Id: medication-group-values
Title: "Groups of medication"
Description: "All codes of the CodeSystem medication-group."
* insert All(medication-group)

ValueSet: ComplicationValues
Id: complication-values
Title: "Complications"
Description: "All codes of the CodeSystem complication."
* insert All(complication)

ValueSet: RevisionReasonValues
Id: revision-reason-values
Title: "Reasons for a revision or removal"
Description: "All codes of the CodeSystem revision-reason."
* insert All(revision-reason)

ValueSet: ContactKindValues
Id: contact-kind-values
Title: "Kinds of contact"
Description: "All codes of the CodeSystem contact-kind."
* insert All(contact-kind)

ValueSet: CostKindValues
Id: cost-kind-values
Title: "Kinds of costs"
Description: "All codes of the CodeSystem cost-kind."
* insert All(cost-kind)

ValueSet: VerdictValues
Id: verdict-values
Title: "Verdicts"
Description: "All codes of the CodeSystem verdict."
* insert All(verdict)

ValueSet: PhaseValues
Id: phase-values
Title: "Phases of care"
Description: "All codes of the CodeSystem phase."
* insert All(phase)

ValueSet: OutcomeValues
Id: outcome-values
Title: "Outcomes of a criterion"
Description: "All codes of the CodeSystem outcome."
* insert All(outcome)

ValueSet: CriterionValues
Id: criterion-values
Title: "Criteria of the standpunt"
Description: "All codes of the CodeSystem criterion."
* insert All(criterion)

ValueSet: PromScoreValues
Id: prom-score-values
Title: "Scores of outcome instruments"
Description: "All codes of the CodeSystem prom-score."
* insert All(prom-score)

ValueSet: PromRuleValues
Id: prom-rule-values
Title: "Rules of scores"
Description: "All codes of the CodeSystem prom-rule."
* insert All(prom-rule)

ValueSet: IntakeValues
Id: intake-values
Title: "Answers and roles of the forms"
Description: "All codes of the CodeSystem intake."
* insert All(intake)

ValueSet: MeasureGroupValues
Id: measure-group-values
Title: "Groups of measures"
Description: "All codes of the CodeSystem measure-group."
* insert All(measure-group)

ValueSet: MeasureStratifierValues
Id: measure-stratifier-values
Title: "Stratifiers of measures"
Description: "All codes of the CodeSystem measure-stratifier."
* insert All(measure-stratifier)

ValueSet: BandValues
Id: band-values
Title: "Bands"
Description: "All codes of the CodeSystem band."
* insert All(band)

ValueSet: RegistryObservationStatus
Id: registry-observation-status
Title: "Status of a measurement"
Description: "A measurement in the registry is final, or was entered in error."
* http://hl7.org/fhir/observation-status#final
* http://hl7.org/fhir/observation-status#entered-in-error

ValueSet: RegistryVerificationStatus
Id: registry-verification-status
Title: "Verification of an indication"
Description: "An indication in the registry is confirmed, is not yet, or was entered in error."
* http://terminology.hl7.org/CodeSystem/condition-ver-status#confirmed
* http://terminology.hl7.org/CodeSystem/condition-ver-status#provisional
* http://terminology.hl7.org/CodeSystem/condition-ver-status#entered-in-error

ValueSet: RegistryContactClass
Id: registry-contact-class
Title: "Class of a contact"
Description: "A contact of aftercare is a visit or takes place at a distance."
* http://terminology.hl7.org/CodeSystem/v3-ActCode#AMB
* http://terminology.hl7.org/CodeSystem/v3-ActCode#VR

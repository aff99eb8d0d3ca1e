// What our codes mean in others' systems. In R4 an equivalence is told of the target: wider
// is a target that says less than the source.

RuleSet: Map(source, target, equivalence)
* group[=].element[+].code = #{source}
* group[=].element[=].target.code = #{target}
* group[=].element[=].target.equivalence = #{equivalence}

RuleSet: Nothing(source, comment)
* group[=].element[+].code = #{source}
* group[=].element[=].target.equivalence = #unmatched
* group[=].element[=].target.comment = {comment}

Instance: indication-to-snomed
InstanceOf: ConceptMap
Title: "Indications in SNOMED CT"
Description: "The code of SNOMED CT that comes nearest to an indication. None states which pain predominates, nor what was tried."
Usage: #definition
* status = #active
* name = "IndicationToSNOMED"
* sourceCanonical = "https://pijnpoort.example/fhir/ValueSet/indication-values"
* group[+].source = "https://pijnpoort.example/fhir/CodeSystem/indication"
* group[=].target = "http://snomed.info/sct"
* insert Map(fbss, 202725007, wider)
* insert Map(fnss, 202723000, wider)
* insert Map(crps, 128200000, equivalent)
* insert Map(pdn, 193184006, relatedto)
* insert Map(sfn, 709489006, wider)
* insert Map(cch, 230473009, wider)
* insert Map(phn, 2177002, equivalent)
* insert Map(nerve-injury-neuropathy, 73590005, relatedto)
* insert Map(angina, 315025001, equivalent)
* insert Map(pad, 399957001, relatedto)
* insert Nothing(other, "Any condition that is none of the others.")

Instance: measurement-to-loinc
InstanceOf: ConceptMap
Title: "Measurements in LOINC"
Description: "The code of LOINC for what was measured, where there is one."
Usage: #definition
* status = #active
* name = "MeasurementToLOINC"
* group[+].source = "https://pijnpoort.example/fhir/CodeSystem/measurement"
* group[=].target = "http://loinc.org"
* insert Map(pain-nrs, 72514-3, equivalent)
* insert Map(bmi, 39156-5, equivalent)
* insert Nothing(pain-vas, "No code whose name was seen in a source.")
* insert Nothing(opioid-dose, "No code.")
* insert Nothing(attacks, "No code.")

Instance: modality-to-intake
InstanceOf: ConceptMap
Title: "Modalities in the intake form"
Description: "The answer of the intake form that a modality stands for."
Usage: #definition
* status = #active
* name = "ModalityToIntake"
* sourceCanonical = "https://pijnpoort.example/fhir/ValueSet/modality-values"
* targetCanonical = "https://pijnpoort.example/fhir/ValueSet/intake-values"
* group[+].source = "https://pijnpoort.example/fhir/CodeSystem/modality"
* group[=].target = "https://pijnpoort.example/fhir/CodeSystem/intake"
* insert Map(SCS, SCS, equal)
* insert Map(DRG, DRGS, equal)
* insert Map(ONS, ONS, equal)
* insert Map(ITDD, ITDD, equal)

Instance: revision-reason-to-complication
InstanceOf: ConceptMap
Title: "Reasons for a revision that are complications"
Description: "Which complication a reason for a revision or removal is, so that a complication told as a reason is not overlooked."
Usage: #definition
* status = #active
* name = "RevisionReasonToComplication"
* sourceCanonical = "https://pijnpoort.example/fhir/ValueSet/revision-reason-values"
* targetCanonical = "https://pijnpoort.example/fhir/ValueSet/complication-values"
* group[+].source = "https://pijnpoort.example/fhir/CodeSystem/revision-reason"
* group[=].target = "https://pijnpoort.example/fhir/CodeSystem/complication"
* insert Map(lead-migration, lead-migration, equal)
* insert Map(lead-fracture, lead-fracture, equal)
* insert Map(infection, infection, equal)
* insert Map(pocket-pain, pocket-pain, equal)
* insert Map(hardware, hardware, equal)
* insert Map(neurological, neurological, equal)
* insert Nothing(battery-depleted, "A battery is meant to run out.")
* insert Nothing(loss-of-effect, "Told by the pain\, not by a complication.")
* insert Nothing(patient-request, "No complication.")

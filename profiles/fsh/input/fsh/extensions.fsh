// Extensions of registry resources, and those on the codes of our ValueSets.

RuleSet: CodeFrom(valueset)
* value[x] 1..1
* value[x] only code
* valueCode from {valueset} (required)

Extension: PainWindow
Id: pain-window
Title: "Window of a score"
Description: "Over which days pain or attacks were averaged."
Context: Observation
* insert CodeFrom(PainWindowValues)

Extension: PromMoment
Id: prom-moment
Title: "Moment of the follow-up"
Description: "For which moment of the follow-up the score counts."
Context: Observation
* insert CodeFrom(PromMomentValues)

Extension: ModalityUsed
Id: modality
Title: "Modality"
Description: "Where the stimulation acts."
Context: Procedure, GuidanceResponse
* insert CodeFrom(ModalityValues)

Extension: VerdictGiven
Id: verdict
Title: "Verdict"
Description: "What the standpunt says in one word."
Context: GuidanceResponse
* insert CodeFrom(VerdictValues)

Extension: PhaseJudged
Id: phase
Title: "Phase"
Description: "The phase of care that was judged."
Context: GuidanceResponse
* insert CodeFrom(PhaseValues)

Extension: MissingFact
Id: missing-fact
Title: "Missing fact"
Description: "A fact that was lacking and could change the verdict, by its linkId in the forms."
Context: GuidanceResponse
* value[x] 1..1
* value[x] only code

Extension: CriterionOutcome
Id: criterion-outcome
Title: "Outcome of a criterion"
Description: "What came of one criterion of the standpunt."
Context: GuidanceResponse
* extension contains criterion 1..1 and outcome 1..1
* extension ^slicing.rules = #closed
* extension[criterion].value[x] 1..1
* extension[criterion].value[x] only code
* extension[criterion].valueCode from CriterionValues (required)
* extension[outcome].value[x] 1..1
* extension[outcome].value[x] only code
* extension[outcome].valueCode from OutcomeValues (required)

Extension: PossibleKind
Id: possible-kind
Title: "Possible kind of a procedure"
Description: "What a procedure may have been that the data do not tell apart."
Context: Procedure
* insert CodeFrom(ProcedureKindValues)

Extension: GroupScoring
Id: group-scoring
Title: "Scoring of a group"
Description: "How a group of a Measure is scored."
Context: Measure.group
* insert CodeFrom(http://hl7.org/fhir/ValueSet/measure-scoring)

Extension: CodeSource
Id: code-source
Title: "Source of a code"
Description: "Where a code was seen together with its display."
Context: ValueSet.compose.include, ValueSet.compose.include.concept, ValueSet.compose.include.filter
* value[x] 1..1
* value[x] only string

Extension: CodeUnverified
Id: code-unverified
Title: "Code that was not verified"
Description: "The code was seen with its display in no source; it is not used for matching."
Context: ValueSet.compose.include, ValueSet.compose.include.concept, ValueSet.compose.include.filter
* value[x] 1..1
* value[x] only boolean
* valueBoolean = true

Extension: CodeDisplay
Id: code-display
Title: "Name of a code in a filter"
Description: "The display of the code that a filter starts from."
Context: ValueSet.compose.include, ValueSet.compose.include.filter
* value[x] 1..1
* value[x] only string

Extension: CodeNote
Id: code-note
Title: "Note on a code"
Description: "What to mind when the code is met."
Context: ValueSet.compose.include, ValueSet.compose.include.concept, ValueSet.compose.include.filter
* value[x] 1..1
* value[x] only string

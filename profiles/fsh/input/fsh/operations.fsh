// The operations that are served beside those of FHIR itself ($validate,
// $evaluate-measure and $submit-data).

RuleSet: SystemOperation(code)
* status = #active
* kind = #operation
* affectsState = false
* code = #{code}
* system = true
* type = false
* instance = false

RuleSet: In(name, min, max, type, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #in
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].documentation = {documentation}
* parameter[=].type = #{type}

RuleSet: Return(type, documentation)
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = {documentation}
* parameter[=].type = #{type}

Instance: advise
InstanceOf: OperationDefinition
Title: "Judge a patient by the standpunt"
Description: "Maps what is sent about one patient, or one pain centre, to a record and judges it by the Dutch standpunt on neuromodulation."
Usage: #definition
* insert SystemOperation(advise)
* name = "Advise"
* insert In(resource, 1, *, Resource, "A Bundle with what is known of the patient\, or one resource.")
* insert In(asOf, 0, 1, date, "The day to judge by; today when left out.")
* insert In(phase, 0, 1, code, "The phase of care to judge; derived from the data when left out.")
* insert In(standpunt, 0, 1, code, "The version of the standpunt to judge by; that of the day when left out.")
* insert In(language, 0, 1, code, "nl or en.")
* insert Return(Binary, "The verdict\, as application/json.")

Instance: score
InstanceOf: OperationDefinition
Title: "Score outcome questionnaires"
Description: "Recognises the outcome instruments in QuestionnaireResponses about one patient and scores them by the instruments' own rules."
Usage: #definition
* insert SystemOperation(score)
* name = "Score"
* insert In(resource, 1, *, Resource, "A QuestionnaireResponse\, or a Bundle with QuestionnaireResponses and\, as far as at hand\, their Questionnaires\, ValueSets and CodeSystems.")
* insert Return(Bundle, "A collection: an Observation per score\, with dataAbsentReason where there is none\, and an OperationOutcome for what gave no score.")

Instance: normalise
InstanceOf: OperationDefinition
Title: "Normalise a patient's data for the registry"
Description: "Makes of what is sent about one patient the bundle that the registry receives: under a pseudonym, by the registry profiles, and nothing else."
Usage: #definition
* insert SystemOperation(normalise)
* name = "Normalise"
* insert In(resource, 1, *, Resource, "A Bundle with what is known of the patient\, or one resource.")
* insert In(asOf, 0, 1, date, "The day to judge by; today when left out.")
* insert In(standpunt, 0, 1, code, "The version of the standpunt to judge by; that of the day when left out.")
* insert In(target, 0, 1, string, "The name of the receiver in the configuration; its pseudonyms and limits are used.")
* insert In(shape, 0, 1, code, "collection\, transaction\, batch or ndjson.")
* insert In(birthDate, 0, 1, code, "The precision of the birth date: year\, month\, day or none.")
* insert Return(Bundle, "The normalised bundle. What cannot be normalised is answered with an OperationOutcome.")

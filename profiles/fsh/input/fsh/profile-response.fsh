Profile: RegistryResponse
Parent: QuestionnaireResponse
Id: registry-response
Title: "Answers to a questionnaire"
Description: "The answers to an outcome questionnaire as numbers and codes, by the linkIds of our form of it. Words that were answered are not sent. nl-core has no profile for it."
* insert Bare
* insert NoExtensions
* insert OnePseudonym
* obeys pijnpoort-sid-questionnaire-response and pijnpoort-no-free-text
* basedOn 0..0
* partOf 0..0
* questionnaire 1..1 MS
* status MS
* subject 1..1
* subject only Reference(RegistryPatient)
* insert Link(subject)
* encounter 0..0
* authored 0..1 MS
* author 0..0
* source 0..0
* item MS
* item.linkId MS
* item.definition 0..0
* item.text 0..0
* item.answer MS
* item.answer.value[x] MS
* item.answer.value[x] only boolean or decimal or integer or date or time or Coding

Invariant: pijnpoort-no-free-text
Description: "No answer is words, a quantity, a file or a reference."
Severity: #error
Expression: "descendants().where(linkId.exists()).answer.value.all($this is boolean or $this is decimal or $this is integer or $this is date or $this is time or $this is Coding)"

Profile: RegistryMeasureReport
Parent: MeasureReport
Id: registry-measure-report
Title: "Report of a centre"
Description: "A figure about a centre over a calendar year, by one of our Measures, about nobody in particular. Small counts are masked before it leaves, and so are those from which a masked one could be derived."
* obeys pijnpoort-no-subject
* meta 1..1 MS
* meta.profile 1..1 MS
* implicitRules 0..0
* language 0..0
* text 0..0
* contained 0..0
* modifierExtension 0..0
* identifier 1..1 MS
* identifier.system 1..1 MS
* identifier.value 1..1 MS
* status MS
* type = #summary
* type MS
* measure 1..1 MS
* date 0..1 MS
* reporter 0..1 MS
* period MS
* period.start 1..1 MS
* period.end 1..1 MS
* improvementNotation 0..1 MS
* group MS
* group.code 1..1 MS
* group.population MS
* group.population.code 1..1 MS
* group.population.count MS
* group.measureScore MS
* group.stratifier MS
* group.stratifier.code MS
* group.stratifier.stratum MS
* group.stratifier.stratum.value 1..1 MS
* group.stratifier.stratum.population MS
* group.stratifier.stratum.measureScore MS
* evaluatedResource 0..0

Invariant: pijnpoort-no-subject
Description: "A summary is about nobody in particular."
Severity: #error
Expression: "subject.empty() and group.population.subjectResults.empty() and group.stratifier.stratum.population.subjectResults.empty()"

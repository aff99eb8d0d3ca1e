// A report of a centre: the share of systems placed in one session with the electrode, of a
// centre of two clinics that does not exist. Counts from 1 to 4 are masked, and so are those
// from which they follow.

// Counted, Masked: a population of the group; CountedPart, MaskedPart: of a part of it.
RuleSet: Counted(code, count)
* group[=].population[+].code = $population#{code}
* group[=].population[=].count = {count}

RuleSet: Masked(code)
* group[=].population[+].code = $population#{code}
* group[=].population[=].count.extension.url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
* group[=].population[=].count.extension.valueCode = #masked

RuleSet: Division(code)
* group[=].stratifier[+].code = MeasureStratifier#{code}

RuleSet: CountedPart(code, count)
* group[=].stratifier[=].stratum[=].population[+].code = $population#{code}
* group[=].stratifier[=].stratum[=].population[=].count = {count}

RuleSet: MaskedPart(code)
* group[=].stratifier[=].stratum[=].population[+].code = $population#{code}
* group[=].stratifier[=].stratum[=].population[=].count.extension.url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
* group[=].stratifier[=].stratum[=].population[=].count.extension.valueCode = #masked

RuleSet: PartScore(value)
* group[=].stratifier[=].stratum[=].measureScore.value = {value}
* group[=].stratifier[=].stratum[=].measureScore.unit = "1"
* group[=].stratifier[=].stratum[=].measureScore.system = "http://unitsofmeasure.org"
* group[=].stratifier[=].stratum[=].measureScore.code = #1

Instance: ExampleMeasureReport
InstanceOf: RegistryMeasureReport
Title: "A figure of a year"
Usage: #example
* id = "0d2f6d7c-44d1-5a0e-8b7e-5c0a3e0f9a11"
* meta.profile = "https://pijnpoort.example/fhir/StructureDefinition/registry-measure-report|1.0.0"
* identifier[0].system = "https://pijnpoort.example/fhir/sid/measure-report"
* identifier[0].value = "99999999/nm-allinone/1.0.0/2023"
* status = #complete
* type = #summary
* measure = "https://pijnpoort.example/fhir/Measure/nm-allinone|1.0.0"
* date = "2024-12-31"
* reporter.type = "Organization"
* reporter.identifier.system = "http://fhir.nl/fhir/NamingSystem/agb-z"
* reporter.identifier.value = "99999999"
* period.start = "2023-01-01"
* period.end = "2023-12-31"
* group[+].code = MeasureGroup#single-stage
* insert Masked(initial-population)
* insert Counted(denominator, 46)
* insert Counted(denominator-exclusion, 0)
* insert Masked(numerator)
* insert Division(clinic)
* group[=].stratifier[=].stratum[+].value.text = "http://fhir.nl/fhir/NamingSystem/agb-z|99999999"
* insert CountedPart(initial-population, 28)
* insert CountedPart(denominator, 28)
* insert CountedPart(denominator-exclusion, 0)
* insert MaskedPart(numerator)
* group[=].stratifier[=].stratum[+].value.text = "http://fhir.nl/fhir/NamingSystem/agb-z|99999998"
* insert CountedPart(initial-population, 18)
* insert CountedPart(denominator, 18)
* insert CountedPart(denominator-exclusion, 0)
* insert MaskedPart(numerator)
* insert Division(specialty)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/intake#anaesthesiologist-pain-specialist
* insert CountedPart(initial-population, 31)
* insert CountedPart(denominator, 31)
* insert CountedPart(denominator-exclusion, 0)
* insert MaskedPart(numerator)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/intake#neurosurgeon
* insert CountedPart(initial-population, 15)
* insert CountedPart(denominator, 15)
* insert CountedPart(denominator-exclusion, 0)
* insert CountedPart(numerator, 0)
* insert PartScore(0.0)
* insert Division(indication)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/indication#cch
* insert MaskedPart(initial-population)
* insert MaskedPart(denominator)
* insert CountedPart(denominator-exclusion, 0)
* insert CountedPart(numerator, 0)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/indication#crps
* insert CountedPart(initial-population, 12)
* insert CountedPart(denominator, 12)
* insert CountedPart(denominator-exclusion, 0)
* insert MaskedPart(numerator)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/indication#fbss
* insert CountedPart(initial-population, 24)
* insert CountedPart(denominator, 24)
* insert CountedPart(denominator-exclusion, 0)
* insert MaskedPart(numerator)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/indication#fnss
* insert MaskedPart(initial-population)
* insert MaskedPart(denominator)
* insert CountedPart(denominator-exclusion, 0)
* insert CountedPart(numerator, 0)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/indication#pdn
* insert MaskedPart(initial-population)
* insert MaskedPart(denominator)
* insert CountedPart(denominator-exclusion, 0)
* insert CountedPart(numerator, 0)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/indication#sfn
* insert MaskedPart(initial-population)
* insert MaskedPart(denominator)
* insert CountedPart(denominator-exclusion, 0)
* insert CountedPart(numerator, 0)
* insert Division(modality)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/modality#DRG
* insert MaskedPart(initial-population)
* insert MaskedPart(denominator)
* insert CountedPart(denominator-exclusion, 0)
* insert MaskedPart(numerator)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/modality#ONS
* insert MaskedPart(initial-population)
* insert MaskedPart(denominator)
* insert MaskedPart(denominator-exclusion)
* insert CountedPart(numerator, 0)
* group[=].stratifier[=].stratum[+].value = https://pijnpoort.example/fhir/CodeSystem/modality#SCS
* insert MaskedPart(initial-population)
* insert CountedPart(denominator, 31)
* insert CountedPart(denominator-exclusion, 0)
* insert MaskedPart(numerator)

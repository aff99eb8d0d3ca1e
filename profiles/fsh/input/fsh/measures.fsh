// The questions of chapter 3 and annex 3 about a centre, one Measure each. What a
// population holds is told in words; the Go package registry/centre computes it. A
// MeasureReport has the groups of its Measure by their code, and under each stratifier a
// stratum for every value, one for what is unknown, and one for who has several.

Alias: $population = http://terminology.hl7.org/CodeSystem/measure-population
Alias: $scoring = http://terminology.hl7.org/CodeSystem/measure-scoring
Alias: $type = http://terminology.hl7.org/CodeSystem/measure-type
Alias: $improvement = http://terminology.hl7.org/CodeSystem/measure-improvement-notation
Alias: $resourceTypes = http://hl7.org/fhir/resource-types

RuleSet: MeasureOf(type)
* status = #active
* subjectCodeableConcept = $resourceTypes#Patient
* type = $type#{type}

RuleSet: Group(code, description)
* group[+].code = MeasureGroup#{code}
* group[=].description = {description}

// Scored: how a group is scored. The Measure itself says it only of a cohort: R4 wants a
// value of every score then, also where it must be masked or there is nobody to count.
RuleSet: Scored(code)
* group[=].extension.url = "https://pijnpoort.example/fhir/StructureDefinition/group-scoring"
* group[=].extension.valueCode = #{code}

// Population: the expression names the number that registry/centre computes.
RuleSet: Population(group, code, description)
* group[=].population[+].code = $population#{code}
* group[=].population[=].description = {description}
* group[=].population[=].criteria.language = #text/fhirpath
* group[=].population[=].criteria.expression = "%`{group}.{code}`"

RuleSet: Stratifier(code, description)
* group[=].stratifier[+].code = MeasureStratifier#{code}
* group[=].stratifier[=].description = {description}

RuleSet: ByClinic
* insert Stratifier(clinic, "The clinic of the centre where it happened")

RuleSet: BySpecialty
* insert Stratifier(specialty, "The specialty of who operated")

RuleSet: ByIndication
* insert Stratifier(indication, "The condition it was done for")

RuleSet: ByModality
* insert Stratifier(modality, "Spinal cord\, dorsal root ganglion or occipital nerve")

RuleSet: Usual
* insert ByClinic
* insert BySpecialty
* insert ByIndication
* insert ByModality

Instance: nm-volume-n20
InstanceOf: Measure
Title: "Patients operated on in a year"
Description: "The volume norm of twenty: how many different patients underwent an operation for neuromodulation in a calendar year. Placing or replacing a generator alone does not count. What is left out is counted in procedures, so that the sum can be checked."
Usage: #definition
* insert MeasureOf(structure)
* scoring = $scoring#cohort
* name = "NMVolumeN20"
* insert Group(unique-operated, "Different patients operated on")
* insert Population(unique-operated, initial-population, "Patients with a trial\, implantation or revision completed in the period\, each once")
* insert Usual
* insert Group(unique-operated-with-explant, "Different patients operated on\, removals included")
* insert Population(unique-operated-with-explant, initial-population, "As unique-operated\, with those in whom a system or electrode was only taken out")
* insert Usual
* insert Group(unique-operated-with-generator, "Different patients operated on\, generators included")
* insert Population(unique-operated-with-generator, initial-population, "As unique-operated\, with those in whom only a generator was placed or replaced")
* insert Usual
* insert Group(not-done, "Left out: not done")
* insert Population(not-done, initial-population, "Procedures that did not go ahead")
* insert ByClinic
* insert Group(entered-in-error, "Left out: entered in error")
* insert Population(entered-in-error, initial-population, "Procedures that were entered in error")
* insert ByClinic
* insert Group(not-yet-done, "Left out: not yet done")
* insert Population(not-yet-done, initial-population, "Procedures that are planned or under way")
* insert ByClinic
* insert Group(stopped, "Left out: stopped")
* insert Population(stopped, initial-population, "Procedures that were broken off")
* insert ByClinic
* insert Group(status-unknown, "Left out: status unknown")
* insert Population(status-unknown, initial-population, "Procedures of which it is not known whether they were done")
* insert ByClinic
* insert Group(after-as-of, "Left out: after the day of the report")
* insert Population(after-as-of, initial-population, "Procedures of after the day that the report is about")
* insert ByClinic
* insert Group(generator-only, "Left out: only the generator")
* insert Population(generator-only, initial-population, "Procedures that placed or replaced a generator and nothing else")
* insert ByClinic
* insert Group(explant-only, "Left out: only taken out")
* insert Population(explant-only, initial-population, "Procedures that took a system or electrode out and nothing else")
* insert ByClinic
* insert Group(date-unknown, "Left out: when is unknown")
* insert Population(date-unknown, initial-population, "Procedures whose calendar year cannot be told from their date")
* insert ByClinic
* insert Group(kind-unknown, "Left out: what is unknown")
* insert Population(kind-unknown, initial-population, "Procedures of which the data do not tell whether they count")
* insert ByClinic

Instance: nm-volume-n50
InstanceOf: Measure
Title: "Patients treated in a year"
Description: "The volume norm of fifty, below which a centre works together with another: in how many different patients neuromodulation was applied in a calendar year. It counts wider than the norm of twenty; what is left out is counted there."
Usage: #definition
* insert MeasureOf(structure)
* scoring = $scoring#cohort
* name = "NMVolumeN50"
* insert Group(unique-applied, "Different patients treated")
* insert Population(unique-applied, initial-population, "Patients with a procedure of neuromodulation completed in the period\, each once")
* insert Usual
* insert Group(unique-applied-without-generator, "Different patients treated\, generators left out")
* insert Population(unique-applied-without-generator, initial-population, "As unique-applied\, without those in whom only a generator was placed or replaced")
* insert Usual
* insert Group(under-treatment, "Different patients under treatment")
* insert Population(under-treatment, initial-population, "Patients with a system in place or a procedure completed in the period\, each once")
* insert Usual
* insert Group(implantations, "Implantations")
* insert Population(implantations, initial-population, "Trials\, implantations and revisions completed in the period: the base of the joint volume under a regional agreement")
* insert Usual
* insert Group(implantations-scs, "Implantations of spinal cord stimulation")
* insert Population(implantations-scs, initial-population, "As implantations\, those of spinal cord stimulation")
* insert Usual

Instance: nm-volume-new
InstanceOf: Measure
Title: "New patients in a year"
Description: "The joint volume under a regional agreement: how many different patients were operated on who had no neuromodulation before. Of whom the history is unknown is told apart, never guessed."
Usage: #definition
* insert MeasureOf(structure)
* scoring = $scoring#cohort
* name = "NMVolumeNew"
* insert Group(new-patients, "New patients")
* insert Population(new-patients, initial-population, "Patients with a trial\, implantation or revision completed in the period of whom it is known that they had no neuromodulation before\, each once")
* insert Usual
* insert Group(history-unknown, "Patients whose history is unknown")
* insert Population(history-unknown, initial-population, "Patients operated on in the period of whom it is not known whether they had neuromodulation before")
* insert Usual

Instance: nm-volume-ons
InstanceOf: Measure
Title: "Patients with occipital stimulation in a year"
Description: "The volume norm of ten for a centre that gives occipital stimulation for chronic cluster headache. These patients count in the norms of twenty and fifty too."
Usage: #definition
* insert MeasureOf(structure)
* scoring = $scoring#cohort
* name = "NMVolumeONS"
* insert Group(unique-ons, "Different patients with occipital stimulation")
* insert Population(unique-ons, initial-population, "Patients in whom occipital stimulation was applied in the period\, each once")
* insert Usual
* insert Group(unique-ons-operated, "Different patients operated on for occipital stimulation")
* insert Population(unique-ons-operated, initial-population, "Patients with a trial\, implantation or revision of occipital stimulation completed in the period\, each once")
* insert Usual

Instance: nm-indication
InstanceOf: Measure
Title: "What was treated"
Description: "For which conditions neuromodulation was given, how often, and with what."
Usage: #definition
* insert MeasureOf(structure)
* scoring = $scoring#cohort
* name = "NMIndication"
* insert Group(patients, "Different patients")
* insert Population(patients, initial-population, "Patients with a procedure of neuromodulation completed in the period\, each once")
* insert Usual
* insert Group(procedures, "Procedures")
* insert Population(procedures, initial-population, "Procedures of neuromodulation completed in the period")
* insert Usual
* insert Stratifier(procedure-kind, "What was done")
* insert Group(placed-material, "Material placed")
* insert Population(placed-material, initial-population, "Devices placed in the period")
* insert Stratifier(manufacturer, "Who made the device")
* insert Stratifier(model, "The model of the device")
* insert Stratifier(udi-di, "The device identifier of the UDI")
* insert ByClinic

Instance: nm-trial-conversion
InstanceOf: Measure
Title: "Trials that led to an implantation"
Description: "Which part of the trials of the period was followed by a definitive system, among those of which the outcome is known; and how long trials took."
Usage: #definition
* insert MeasureOf(process)
* name = "NMTrialConversion"
* insert Group(conversion, "Trials and what came of them")
* insert Scored(proportion)
* insert Population(conversion, initial-population, "Patients whose trial began in the period")
* insert Population(conversion, denominator, "All of the initial population")
* insert Population(conversion, denominator-exclusion, "Trials of which the outcome is not known")
* insert Population(conversion, numerator, "Trials followed by an implantation or first generator")
* insert Usual
* insert Group(trial-length, "Length of trials")
* insert Scored(continuous-variable)
* insert Population(trial-length, initial-population, "Patients whose trial began in the period")
* insert Population(trial-length, measure-population, "Those of which the first and last day are known; the score is the median in days")
* insert Population(trial-length, measure-population-exclusion, "Those of which they are not known")
* insert ByClinic

Instance: nm-allinone
InstanceOf: Measure
Title: "Systems placed in a single stage"
Description: "Which part of the systems was placed without a trial of its own before. The standpunt always asks a trial: these are reported as a deviation."
Usage: #definition
* insert MeasureOf(process)
* name = "NMAllInOne"
* improvementNotation = $improvement#decrease
* insert Group(single-stage, "Systems by the number of stages")
* insert Scored(proportion)
* insert Population(single-stage, initial-population, "Patients with a definitive system placed in the period")
* insert Population(single-stage, denominator, "All of the initial population")
* insert Population(single-stage, denominator-exclusion, "Of whom it cannot be told whether a trial came before")
* insert Population(single-stage, numerator, "Electrode and generator placed in one session\, with no trial before")
* insert Usual

Instance: nm-revision
InstanceOf: Measure
Title: "Revisions"
Description: "Revisions per hundred years that patients lived with a system, and their reasons."
Usage: #definition
* insert MeasureOf(outcome)
* name = "NMRevision"
* improvementNotation = $improvement#decrease
* insert Group(revision, "Revisions and years with a system")
* insert Scored(ratio)
* insert Population(revision, initial-population, "Systems in place during the period")
* insert Population(revision, denominator, "Days with a system within the period; the score is per hundred years")
* insert Population(revision, numerator, "Revisions completed in the period")
* insert Usual
* insert Group(revisions, "Revisions")
* insert Scored(cohort)
* insert Population(revisions, initial-population, "Revisions completed in the period")
* insert Stratifier(revision-reason, "Why it was done")
* insert Stratifier(months-since-placement, "How long the system had been in place\, in bands of months")
* insert ByClinic
* insert BySpecialty

Instance: nm-battery
InstanceOf: Measure
Title: "Replaced generators"
Description: "How many generators were replaced, and how long those had worked."
Usage: #definition
* insert MeasureOf(outcome)
* name = "NMBattery"
* improvementNotation = $improvement#increase
* insert Group(longevity, "Generators that were replaced")
* insert Scored(continuous-variable)
* insert Population(longevity, initial-population, "Generators replaced in the period")
* insert Population(longevity, measure-population, "Those of which the day of placement is known; the score is the median in days")
* insert Population(longevity, measure-population-exclusion, "Those of which it is not known")
* insert ByClinic
* insert Group(replacements, "Replacements")
* insert Scored(cohort)
* insert Population(replacements, initial-population, "Replacements of a generator completed in the period")
* insert Stratifier(revision-reason, "Why it was done")
* insert ByClinic
* insert Stratifier(manufacturer, "Who made the device")

Instance: nm-adverse-event
InstanceOf: Measure
Title: "Adverse events"
Description: "Complications and other adverse events. What is not registered is not counted: the completeness stands beside it."
Usage: #definition
* insert MeasureOf(outcome)
* name = "NMAdverseEvent"
* improvementNotation = $improvement#decrease
* insert Group(adverse-events, "Adverse events")
* insert Scored(cohort)
* insert Population(adverse-events, initial-population, "Adverse events of the treatment that happened in the period")
* insert Stratifier(complication, "What happened")
* insert Stratifier(seriousness, "Serious or not")
* insert ByClinic
* insert Group(patients-with-event, "Patients with an adverse event")
* insert Scored(proportion)
* insert Population(patients-with-event, initial-population, "Patients with a system or a procedure in the period")
* insert Population(patients-with-event, denominator, "All of the initial population")
* insert Population(patients-with-event, denominator-exclusion, "Those of whom the data do not tell")
* insert Population(patients-with-event, numerator, "Those with at least one adverse event in the period")
* insert ByClinic
* insert ByIndication

Instance: nm-removed
InstanceOf: Measure
Title: "Systems removed"
Description: "Which part of the systems in place was removed in the period, and why."
Usage: #definition
* insert MeasureOf(outcome)
* name = "NMRemoved"
* improvementNotation = $improvement#decrease
* insert Group(removed, "Systems in place and removed")
* insert Scored(proportion)
* insert Population(removed, initial-population, "Systems in place during the period")
* insert Population(removed, denominator, "All of the initial population")
* insert Population(removed, denominator-exclusion, "Those of which the data do not tell")
* insert Population(removed, numerator, "Those that were taken out in the period")
* insert Usual
* insert Group(removals, "Removals")
* insert Scored(cohort)
* insert Population(removals, initial-population, "Removals completed in the period")
* insert Stratifier(revision-reason, "Why it was done")
* insert Stratifier(months-since-placement, "How long the system had been in place\, in bands of months")
* insert ByClinic
* insert BySpecialty

Instance: nm-characteristics
InstanceOf: Measure
Title: "Who was treated"
Description: "The patients treated in the period, by age at the procedure, sex, weight, pain and opioid use."
Usage: #definition
* insert MeasureOf(structure)
* scoring = $scoring#cohort
* name = "NMCharacteristics"
* insert Group(patients, "Different patients")
* insert Population(patients, initial-population, "Patients operated on in the period\, each once")
* insert Usual
* insert Stratifier(age, "Age in whole years at the first procedure of the period\, in bands")
* insert Stratifier(sex, "Administrative gender")
* insert Stratifier(bmi, "Last body mass index before the procedure\, in bands")
* insert Stratifier(pain, "Pain at intake on the numeric rating scale\, in bands")
* insert Stratifier(opioid-dose, "Morphine equivalent dose before the procedure\, in bands")

Instance: nm-cost
InstanceOf: Measure
Title: "Costs"
Description: "What the treatment costs per patient, as far as costs are recorded: material apart from the rest. The score is the mean per patient with costs."
Usage: #definition
* insert MeasureOf(outcome)
* name = "NMCost"
* insert Group(cost, "Costs per patient")
* insert Scored(continuous-variable)
* insert Population(cost, initial-population, "Patients with a procedure of neuromodulation completed in the period")
* insert Population(cost, measure-population, "Those of whom costs are recorded: the sum of the amounts of the period")
* insert Population(cost, measure-population-exclusion, "Those of whom none are recorded")
* insert ByClinic
* insert ByIndication
* insert Group(cost-material, "Costs of material per patient")
* insert Scored(continuous-variable)
* insert Population(cost-material, initial-population, "Patients with a procedure of neuromodulation completed in the period")
* insert Population(cost-material, measure-population, "Those of whom costs of material are recorded: the sum of the amounts for material")
* insert Population(cost-material, measure-population-exclusion, "Those of whom none are recorded")
* insert ByClinic
* insert ByIndication

Instance: nm-textbook-outcome
InstanceOf: Measure
Title: "Textbook Outcome"
Description: "The part of the patients in whom everything went as it should: all or none of a list of conditions. The standpunt asks for this figure but does not say how it is composed; the list is a proposal of Pijnpoort, set and versioned per centre."
Usage: #definition
* insert MeasureOf(outcome)
* name = "NMTextbookOutcome"
* improvementNotation = $improvement#increase
* compositeScoring = http://terminology.hl7.org/CodeSystem/composite-measure-scoring#all-or-nothing
* insert Group(textbook-outcome, "All conditions together")
* insert Scored(proportion)
* insert Population(textbook-outcome, initial-population, "Patients operated on in the period")
* insert Population(textbook-outcome, denominator, "All of the initial population")
* insert Population(textbook-outcome, denominator-exclusion, "Those of whom the data do not tell")
* insert Population(textbook-outcome, numerator, "Those in whom every condition of the list is fulfilled")
* insert Usual
* insert Group(outcome-component, "The conditions of the list\, each by itself")
* insert Scored(proportion)
* insert Population(outcome-component, initial-population, "Patients operated on in the period\, once per condition")
* insert Population(outcome-component, denominator, "All of the initial population")
* insert Population(outcome-component, denominator-exclusion, "Those of whom the data do not tell")
* insert Population(outcome-component, numerator, "Those in whom the condition is fulfilled")
* insert Stratifier(component, "The condition\, by its name in the configuration")
* insert Group(complication-score, "Complications\, weighed")
* insert Scored(continuous-variable)
* insert Population(complication-score, initial-population, "Patients operated on in the period")
* insert Population(complication-score, measure-population, "Those of whom the data tell; the score is the mean of the weights of their complications\, as configured")
* insert Population(complication-score, measure-population-exclusion, "Those of whom the data do not tell")
* insert ByClinic
* insert BySpecialty

Instance: nm-prom-response
InstanceOf: Measure
Title: "Questionnaires answered"
Description: "Which part of the outcome questionnaires that were due was completed, per moment of the follow-up."
Usage: #definition
* insert MeasureOf(process)
* name = "NMPromResponse"
* improvementNotation = $improvement#increase
* insert Group(prom-response, "Questionnaires due and completed")
* insert Scored(proportion)
* insert Population(prom-response, initial-population, "Questionnaires that were due in the period")
* insert Population(prom-response, denominator, "All of the initial population")
* insert Population(prom-response, denominator-exclusion, "Those of patients who died\, or whose system was removed\, before the day they were due")
* insert Population(prom-response, numerator, "Those completed within the window of their moment")
* insert ByClinic
* insert ByIndication
* insert Stratifier(prom-moment, "The moment of the follow-up")
* insert Stratifier(instrument, "The instrument and score")

Instance: nm-prom-change
InstanceOf: Measure
Title: "Change by the questionnaires"
Description: "Which part of the patients changed by at least a difference that matters since the baseline, per instrument and moment; and which part has at least half, or three tenths, less pain."
Usage: #definition
* insert MeasureOf(patient-reported-outcome)
* name = "NMPromChange"
* improvementNotation = $improvement#increase
* insert Group(improved, "Changed for the better")
* insert Scored(proportion)
* insert Population(improved, initial-population, "Patients with a moment of the follow-up in the period")
* insert Population(improved, denominator, "All of the initial population")
* insert Population(improved, denominator-exclusion, "Those without a score at the baseline or at the moment")
* insert Population(improved, numerator, "Those whose score changed for the better by at least the published difference")
* insert ByClinic
* insert ByIndication
* insert Stratifier(prom-moment, "The moment of the follow-up")
* insert Stratifier(instrument, "The instrument and score")
* insert Group(worsened, "Changed for the worse")
* insert Scored(proportion)
* insert Population(worsened, initial-population, "Patients with a moment of the follow-up in the period")
* insert Population(worsened, denominator, "All of the initial population")
* insert Population(worsened, denominator-exclusion, "Those without a score at the baseline or at the moment")
* insert Population(worsened, numerator, "Those whose score changed for the worse by at least the published difference")
* insert ByClinic
* insert ByIndication
* insert Stratifier(prom-moment, "The moment of the follow-up")
* insert Stratifier(instrument, "The instrument and score")
* insert Group(responder-50, "Half the pain or less")
* insert Scored(proportion)
* insert Population(responder-50, initial-population, "Patients with a moment of the follow-up in the period")
* insert Population(responder-50, denominator, "All of the initial population")
* insert Population(responder-50, denominator-exclusion, "Those without a pain score at the baseline or at the moment")
* insert Population(responder-50, numerator, "Those whose pain is at most half that of the baseline")
* insert ByClinic
* insert ByIndication
* insert Stratifier(prom-moment, "The moment of the follow-up")
* insert Group(responder-30, "Seven tenths of the pain or less")
* insert Scored(proportion)
* insert Population(responder-30, initial-population, "Patients with a moment of the follow-up in the period")
* insert Population(responder-30, denominator, "All of the initial population")
* insert Population(responder-30, denominator-exclusion, "Those without a pain score at the baseline or at the moment")
* insert Population(responder-30, numerator, "Those whose pain is at most seven tenths of that of the baseline")
* insert ByClinic
* insert ByIndication
* insert Stratifier(prom-moment, "The moment of the follow-up")

Instance: nm-data-completeness
InstanceOf: Measure
Title: "How complete the data are"
Description: "Which part of what a figure needs is recorded."
Usage: #definition
* insert MeasureOf(structure)
* name = "NMDataCompleteness"
* improvementNotation = $improvement#increase
* insert Group(completeness, "Data needed and recorded")
* insert Scored(proportion)
* insert Population(completeness, initial-population, "Data that the patients of the period should have")
* insert Population(completeness, denominator, "All of the initial population")
* insert Population(completeness, denominator-exclusion, "Data that do not apply to the patient")
* insert Population(completeness, numerator, "Those that are recorded")
* insert ByClinic
* insert Stratifier(element, "Which datum")

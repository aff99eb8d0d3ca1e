// The codes of Pijnpoort that leave in normalised bundles and reports. Their words are in
// English, with a Dutch designation. A Go test holds the codes against those the program
// uses. The criteria of the standpunt are a CodeSystem of their own, made from the
// catalogue (profiles/standpunt).

RuleSet: Term(code, en, nl)
* #{code} {en}
  * ^designation[+].language = #nl
  * ^designation[=].value = {nl}

CodeSystem: IndicationCodes
Id: indication
Title: "Indications"
Description: "Conditions for which neuromodulation is meant or given: six that the standpunt lists as covered care, four that it lists as not covered, and any other."
* ^caseSensitive = true
* insert Term(fbss, "Failed back surgery syndrome", "Failed back surgery syndroom")
* insert Term(fnss, "Failed neck surgery syndrome", "Failed neck surgery syndroom")
* insert Term(crps, "Complex regional pain syndrome", "Complex regionaal pijnsyndroom")
* insert Term(pdn, "Painful diabetic polyneuropathy", "Pijnlijke diabetische polyneuropathie")
* insert Term(sfn, "Small fibre neuropathy", "Dunnevezelneuropathie")
* insert Term(cch, "Refractory chronic cluster headache", "Medicamenteus onbehandelbare chronische clusterhoofdpijn")
* insert Term(phn, "Postherpetic neuralgia", "Postherpetische neuralgie")
* insert Term(nerve-injury-neuropathy, "Neuropathy after nerve injury", "Neuropathie door zenuwletsel")
* insert Term(angina, "Refractory angina pectoris", "Therapieresistente angina pectoris")
* insert Term(pad, "Peripheral arterial disease or ischaemic pain", "Perifeer vaatlijden of ischemische pijn")
* insert Term(other, "Another condition", "Een andere aandoening")

CodeSystem: ProcedureKind
Id: procedure-kind
Title: "Kinds of procedures"
Description: "What was done to a neuromodulation system, told apart as the volume norms need it."
* ^caseSensitive = true
* insert Term(trial, "Electrode placed for a trial", "Proefelektrode geplaatst")
* insert Term(implant, "Definitive system placed", "Definitief systeem geplaatst")
* insert Term(generator, "First generator placed on an electrode in place", "Eerste generator geplaatst op een aanwezige elektrode")
* insert Term(revision, "Electrode or generator revised", "Elektrode of generator gereviseerd")
* insert Term(generator-replaced, "Generator replaced", "Generator vervangen")
* insert Term(explant, "System or electrode taken out", "Systeem of elektrode verwijderd")
* insert Term(unspecified, "Trial or implantation\, not told apart", "Proef of implantatie\, niet onderscheiden")

CodeSystem: Modality
Id: modality
Title: "Modalities"
Description: "Where the stimulation acts."
* ^caseSensitive = true
* insert Term(SCS, "Spinal cord stimulation", "Ruggenmergstimulatie")
* insert Term(DRG, "Dorsal root ganglion stimulation", "Stimulatie van het dorsale wortelganglion")
* insert Term(ONS, "Occipital nerve stimulation", "Stimulatie van de nervus occipitalis")
* insert Term(ITDD, "Intrathecal drug delivery", "Intrathecale medicatietoediening")

CodeSystem: Measurement
Id: measurement
Title: "Measurements"
Description: "What was measured or derived."
* ^caseSensitive = true
* insert Term(pain-nrs, "Pain on the numeric rating scale from 0 to 10", "Pijn op de numerieke schaal van 0 tot 10")
* insert Term(pain-vas, "Pain on the visual analogue scale of 100 mm", "Pijn op de visueel-analoge schaal van 100 mm")
* insert Term(bmi, "Body mass index", "Body mass index")
* insert Term(opioid-dose, "Morphine equivalent dose per day", "Morfine-equivalente dosis per dag")
* insert Term(attacks, "Attacks of cluster headache per week", "Aanvallen van clusterhoofdpijn per week")

CodeSystem: BodySite
Id: body-site
Title: "Sites of pain"
Description: "Where pain was scored, as far as the indications tell sites apart."
* ^caseSensitive = true
* insert Term(leg, "Leg", "Been")
* insert Term(back, "Back", "Rug")
* insert Term(arm, "Arm", "Arm")
* insert Term(neck, "Neck", "Nek")

CodeSystem: PainWindowCodes
Id: pain-window
Title: "Windows of pain scores"
Description: "The four days over which pain scores are averaged."
* ^caseSensitive = true
* insert Term(intake, "Before the trial", "Voor de proef")
* insert Term(trial, "At the end of the trial", "Aan het eind van de proef")
* insert Term(before, "Before switching off", "Voor het uitschakelen")
* insert Term(off, "At the end of the time switched off", "Aan het eind van de uitschakeling")

CodeSystem: PromMomentCodes
Id: prom-moment
Title: "Moments of the follow-up"
Description: "The moments at which outcome questionnaires are due."
* ^caseSensitive = true
* insert Term(baseline, "Before the trial or implantation", "Voor de proef of implantatie")
* insert Term(trial, "During the trial", "Tijdens de proef")
* insert Term(6-months, "Six months after implantation", "Zes maanden na implantatie")
* insert Term(year-1, "1 year after implantation", "1 jaar na implantatie")
* insert Term(year-2, "2 years after implantation", "2 jaar na implantatie")
* insert Term(year-3, "3 years after implantation", "3 jaar na implantatie")
* insert Term(year-4, "4 years after implantation", "4 jaar na implantatie")
* insert Term(year-5, "5 years after implantation", "5 jaar na implantatie")
* insert Term(year-6, "6 years after implantation", "6 jaar na implantatie")
* insert Term(year-7, "7 years after implantation", "7 jaar na implantatie")
* insert Term(year-8, "8 years after implantation", "8 jaar na implantatie")
* insert Term(year-9, "9 years after implantation", "9 jaar na implantatie")
* insert Term(year-10, "10 years after implantation", "10 jaar na implantatie")
* insert Term(year-11, "11 years after implantation", "11 jaar na implantatie")
* insert Term(year-12, "12 years after implantation", "12 jaar na implantatie")
* insert Term(year-13, "13 years after implantation", "13 jaar na implantatie")
* insert Term(year-14, "14 years after implantation", "14 jaar na implantatie")
* insert Term(year-15, "15 years after implantation", "15 jaar na implantatie")
* insert Term(year-16, "16 years after implantation", "16 jaar na implantatie")
* insert Term(year-17, "17 years after implantation", "17 jaar na implantatie")
* insert Term(year-18, "18 years after implantation", "18 jaar na implantatie")
* insert Term(year-19, "19 years after implantation", "19 jaar na implantatie")
* insert Term(year-20, "20 years after implantation", "20 jaar na implantatie")
* insert Term(year-21, "21 years after implantation", "21 jaar na implantatie")
* insert Term(year-22, "22 years after implantation", "22 jaar na implantatie")
* insert Term(year-23, "23 years after implantation", "23 jaar na implantatie")
* insert Term(year-24, "24 years after implantation", "24 jaar na implantatie")
* insert Term(year-25, "25 years after implantation", "25 jaar na implantatie")
* insert Term(year-26, "26 years after implantation", "26 jaar na implantatie")
* insert Term(year-27, "27 years after implantation", "27 jaar na implantatie")
* insert Term(year-28, "28 years after implantation", "28 jaar na implantatie")
* insert Term(year-29, "29 years after implantation", "29 jaar na implantatie")
* insert Term(year-30, "30 years after implantation", "30 jaar na implantatie")

CodeSystem: MedTable
Id: med-table
Title: "Tables of morphine equivalents"
Description: "The tables by which a morphine equivalent dose is computed."
* ^caseSensitive = true
* insert Term(nl-2019, "Dutch guideline on pain in cancer\, 2019", "Nederlandse richtlijn pijn bij kanker\, 2019")
* insert Term(cdc-clinical-2022, "CDC clinical practice guideline\, 2022", "CDC-richtlijn\, 2022")
* insert Term(cdc-clinical-2016, "CDC guideline\, 2016", "CDC-richtlijn\, 2016")
* insert Term(cdc-research-2018, "CDC table for research\, 2018", "CDC-tabel voor onderzoek\, 2018")

CodeSystem: MedicationGroup
Id: medication-group
Title: "Groups of medication"
Description: "Why the use of a medicine is sent: the question of the standpunt it bears on."
* ^caseSensitive = true
* insert Term(opioid, "Opioid", "Opioïde")
* insert Term(anticoagulant, "Anticoagulant or platelet inhibitor", "Antistollingsmiddel of plaatjesremmer")
* insert Term(neuropathic, "Medicine for neuropathic pain", "Middel tegen neuropathische pijn")
* insert Term(headache-preventive, "Preventive medicine for cluster headache", "Preventief middel bij clusterhoofdpijn")
* insert Term(vasodilator, "Vasodilator", "Vaatverwijder")
* insert Term(spasmolytic, "Spasmolytic", "Spasmolyticum")
* insert Term(dmso, "Dimethyl sulfoxide", "Dimethylsulfoxide")
* insert Term(acetylcysteine, "Acetylcysteine", "Acetylcysteïne")
* insert Term(ketamine, "Ketamine", "Ketamine")

CodeSystem: Complication
Id: complication
Title: "Complications"
Description: "Adverse events of neuromodulation."
* ^caseSensitive = true
* insert Term(lead-migration, "Electrode moved", "Elektrode verplaatst")
* insert Term(lead-fracture, "Electrode broken", "Elektrode gebroken")
* insert Term(infection, "Infection", "Infectie")
* insert Term(pocket-pain, "Pain at the generator", "Pijn bij de generator")
* insert Term(hardware, "Another fault of the system", "Ander defect van het systeem")
* insert Term(dural-puncture, "Puncture of the dura", "Duraperforatie")
* insert Term(neurological, "Neurological deficit or bleeding", "Neurologische uitval of bloeding")
* insert Term(other, "Another adverse event", "Een ander ongewenst voorval")

CodeSystem: RevisionReason
Id: revision-reason
Title: "Reasons for a revision or removal"
Description: "Why a system was put right, exchanged or taken out."
* ^caseSensitive = true
* insert Term(lead-migration, "Electrode moved", "Elektrode verplaatst")
* insert Term(lead-fracture, "Electrode broken", "Elektrode gebroken")
* insert Term(infection, "Infection", "Infectie")
* insert Term(pocket-pain, "Pain at the generator", "Pijn bij de generator")
* insert Term(hardware, "Another fault of the system", "Ander defect van het systeem")
* insert Term(neurological, "Neurological deficit or bleeding", "Neurologische uitval of bloeding")
* insert Term(battery-depleted, "Battery empty", "Batterij leeg")
* insert Term(loss-of-effect, "Effect insufficient or lost", "Onvoldoende of verloren effect")
* insert Term(patient-request, "Wish of the patient", "Wens van de patiënt")

CodeSystem: ContactKind
Id: contact-kind
Title: "Kinds of contact"
Description: "How aftercare took place."
* ^caseSensitive = true
* insert Term(visit, "Visit", "Bezoek")
* insert Term(contact, "Contact at a distance", "Contact op afstand")

CodeSystem: CostKind
Id: cost-kind
Title: "Kinds of costs"
Description: "What an amount is for."
* ^caseSensitive = true
* insert Term(material, "Material that was implanted", "Geïmplanteerd materiaal")
* insert Term(treatment, "Treatment", "Behandeling")
* insert Term(unspecified, "Not told apart", "Niet onderscheiden")

CodeSystem: Verdict
Id: verdict
Title: "Verdicts"
Description: "What the standpunt says of a patient or centre, in one word."
* ^caseSensitive = true
* insert Term(covered-eligible, "Covered care\, and the patient is eligible", "Vergoede zorg\, en de patiënt komt in aanmerking")
* insert Term(not-eligible, "The patient is not eligible", "De patiënt komt niet in aanmerking")
* insert Term(not-covered, "Not covered care", "Geen vergoede zorg")
* insert Term(needs-data, "Data are lacking", "Er ontbreken gegevens")
* insert Term(referral-needed, "A referral comes first", "Eerst is een verwijzing nodig")
* insert Term(transition-arrangement, "The transition arrangement applies", "De overgangsregeling geldt")
* insert Term(no-rule-in-force, "No rule was in force on the day", "Op de dag gold geen regel")
* insert Term(version-conflict, "The sources contradict each other on the day", "De bronnen spreken elkaar op de dag tegen")
* insert Term(no-indication, "No indication is known", "Er is geen indicatie bekend")
* insert Term(trial-continue, "The trial may go on to a definitive system", "Na de proef kan een definitief systeem volgen")
* insert Term(extension-allowed, "The trial may be extended", "De proef mag worden verlengd")
* insert Term(compliant, "As the standpunt asks", "Zoals het standpunt vraagt")
* insert Term(overdue, "Something is overdue", "Er is iets over tijd")
* insert Term(switch-on-continue, "Switch on and go on", "Inschakelen en doorgaan")
* insert Term(stay-off-consider-removal, "Leave off and consider removal", "Uit laten en verwijdering overwegen")
* insert Term(team-judgement, "For the team to judge", "Ter beoordeling aan het team")
* insert Term(cooperation-required, "Cooperation with another centre is required", "Samenwerking met een ander centrum is nodig")
* insert Term(not-compliant, "Not as the standpunt asks", "Niet zoals het standpunt vraagt")

CodeSystem: Phase
Id: phase
Title: "Phases of care"
Description: "The phase of care that is judged."
* ^caseSensitive = true
* insert Term(referral, "Referral", "Verwijzing")
* insert Term(preparation, "Preparation", "Voorbereiding")
* insert Term(trial, "Trial", "Proef")
* insert Term(definitive, "Definitive placement", "Definitieve plaatsing")
* insert Term(aftercare, "Aftercare", "Nazorg")
* insert Term(doubt, "Doubt about the effect", "Twijfel over het effect")
* insert Term(centre, "The centre", "Het centrum")

CodeSystem: Outcome
Id: outcome
Title: "Outcomes of a criterion"
Description: "What came of one criterion of the standpunt. An exclusion is met when its absence is established."
* ^caseSensitive = true
* insert Term(met, "Met", "Voldaan")
* insert Term(not-met, "Not met", "Niet voldaan")
* insert Term(unknown, "Unknown", "Onbekend")
* insert Term(not-applicable, "Not applicable", "Niet van toepassing")

CodeSystem: VolumeReading
Id: volume-reading
Title: "Readings of the volume norms"
Description: "The bases on which the volume norms can be counted: each figure names its own."
* ^caseSensitive = true
* insert Term(unique-operated, "Different patients operated on", "Verschillende geopereerde patiënten")
* insert Term(unique-applied, "Different patients treated", "Verschillende behandelde patiënten")
* insert Term(new-patients, "New\, different patients", "Nieuwe\, verschillende patiënten")
* insert Term(implantations, "Implantations", "Implantaties")

CodeSystem: MeasureGroup
Id: measure-group
Title: "Groups of measures"
Description: "What a group of a measure counts."
* ^caseSensitive = true
* insert Term(unique-operated, "Different patients operated on", "Verschillende geopereerde patiënten")
* insert Term(unique-operated-with-explant, "Different patients operated on\, removals included", "Verschillende geopereerde patiënten\, verwijderingen meegeteld")
* insert Term(unique-operated-with-generator, "Different patients operated on\, generators included", "Verschillende geopereerde patiënten\, generatoren meegeteld")
* insert Term(not-done, "Left out: not done", "Niet meegeteld: niet doorgegaan")
* insert Term(entered-in-error, "Left out: entered in error", "Niet meegeteld: foutief ingevoerd")
* insert Term(not-yet-done, "Left out: not yet done", "Niet meegeteld: nog niet gedaan")
* insert Term(stopped, "Left out: stopped", "Niet meegeteld: afgebroken")
* insert Term(status-unknown, "Left out: status unknown", "Niet meegeteld: status onbekend")
* insert Term(after-as-of, "Left out: after the day of the report", "Niet meegeteld: na de dag van het verslag")
* insert Term(generator-only, "Left out: only the generator", "Niet meegeteld: alleen de generator")
* insert Term(explant-only, "Left out: only taken out", "Niet meegeteld: alleen verwijderd")
* insert Term(date-unknown, "Left out: when is unknown", "Niet meegeteld: onbekend wanneer")
* insert Term(kind-unknown, "Left out: what is unknown", "Niet meegeteld: onbekend wat")
* insert Term(unique-applied, "Different patients treated", "Verschillende behandelde patiënten")
* insert Term(unique-applied-without-generator, "Different patients treated\, generators left out", "Verschillende behandelde patiënten\, zonder generatoren")
* insert Term(under-treatment, "Different patients under treatment", "Verschillende patiënten onder behandeling")
* insert Term(implantations, "Implantations", "Implantaties")
* insert Term(implantations-scs, "Implantations of spinal cord stimulation", "Implantaties van ruggenmergstimulatie")
* insert Term(new-patients, "New patients", "Nieuwe patiënten")
* insert Term(history-unknown, "Patients whose history is unknown", "Patiënten met onbekende voorgeschiedenis")
* insert Term(unique-ons, "Different patients with occipital stimulation", "Verschillende patiënten met occipitale stimulatie")
* insert Term(unique-ons-operated, "Different patients operated on for occipital stimulation", "Verschillende patiënten geopereerd voor occipitale stimulatie")
* insert Term(patients, "Different patients", "Verschillende patiënten")
* insert Term(procedures, "Procedures", "Verrichtingen")
* insert Term(placed-material, "Material placed", "Geplaatst materiaal")
* insert Term(conversion, "Trials and what came of them", "Proeven en wat er volgde")
* insert Term(trial-length, "Length of trials", "Duur van proeven")
* insert Term(single-stage, "Systems by the number of stages", "Systemen naar het aantal fasen")
* insert Term(revision, "Revisions and years with a system", "Revisies en jaren met een systeem")
* insert Term(revisions, "Revisions", "Revisies")
* insert Term(longevity, "Generators that were replaced", "Vervangen generatoren")
* insert Term(replacements, "Replacements", "Vervangingen")
* insert Term(adverse-events, "Adverse events", "Ongewenste voorvallen")
* insert Term(patients-with-event, "Patients with an adverse event", "Patiënten met een ongewenst voorval")
* insert Term(removed, "Systems in place and removed", "Aanwezige en verwijderde systemen")
* insert Term(removals, "Removals", "Verwijderingen")
* insert Term(cost, "Costs per patient", "Kosten per patiënt")
* insert Term(cost-material, "Costs of material per patient", "Materiaalkosten per patiënt")
* insert Term(textbook-outcome, "All conditions together", "Alle voorwaarden samen")
* insert Term(outcome-component, "The conditions of the list\, each by itself", "De voorwaarden elk apart")
* insert Term(complication-score, "Complications\, weighed", "Complicaties\, gewogen")
* insert Term(prom-response, "Questionnaires due and completed", "Verschuldigde en ingevulde vragenlijsten")
* insert Term(improved, "Changed for the better", "Verbeterd")
* insert Term(worsened, "Changed for the worse", "Verslechterd")
* insert Term(responder-50, "Half the pain or less", "Hooguit de helft van de pijn")
* insert Term(responder-30, "Seven tenths of the pain or less", "Hooguit zeven tiende van de pijn")
* insert Term(completeness, "Data needed and recorded", "Benodigde en vastgelegde gegevens")

CodeSystem: MeasureStratifier
Id: measure-stratifier
Title: "Stratifiers of measures"
Description: "By what a measure is broken down."
* ^caseSensitive = true
* insert Term(clinic, "Clinic", "Kliniek")
* insert Term(specialty, "Specialty of who operated", "Specialisme van wie opereerde")
* insert Term(indication, "Indication", "Indicatie")
* insert Term(modality, "Modality", "Modaliteit")
* insert Term(procedure-kind, "Kind of procedure", "Soort verrichting")
* insert Term(manufacturer, "Manufacturer", "Fabrikant")
* insert Term(model, "Model", "Model")
* insert Term(udi-di, "Device identifier", "Identificatie van het hulpmiddel")
* insert Term(revision-reason, "Reason", "Reden")
* insert Term(months-since-placement, "Months since placement", "Maanden sinds plaatsing")
* insert Term(complication, "Complication", "Complicatie")
* insert Term(seriousness, "Seriousness", "Ernst")
* insert Term(age, "Age", "Leeftijd")
* insert Term(sex, "Sex", "Geslacht")
* insert Term(bmi, "Body mass index", "Body mass index")
* insert Term(pain, "Pain at intake", "Pijn bij intake")
* insert Term(opioid-dose, "Morphine equivalent dose", "Morfine-equivalente dosis")
* insert Term(component, "Condition of the Textbook Outcome", "Voorwaarde van de Textbook Outcome")
* insert Term(prom-moment, "Moment of the follow-up", "Moment van de nazorg")
* insert Term(instrument, "Instrument", "Instrument")
* insert Term(element, "Datum", "Gegeven")

CodeSystem: Band
Id: band
Title: "Bands"
Description: "The bands in which numbers about patients are counted."
* ^caseSensitive = true
* insert Term(age-under-40, "Under 40 years", "Jonger dan 40 jaar")
* insert Term(age-40-49, "40 to 49 years", "40 tot en met 49 jaar")
* insert Term(age-50-59, "50 to 59 years", "50 tot en met 59 jaar")
* insert Term(age-60-69, "60 to 69 years", "60 tot en met 69 jaar")
* insert Term(age-70-79, "70 to 79 years", "70 tot en met 79 jaar")
* insert Term(age-80-over, "80 years and over", "80 jaar en ouder")
* insert Term(bmi-under-25, "Body mass index under 25", "Body mass index onder 25")
* insert Term(bmi-25-29, "Body mass index 25 to under 30", "Body mass index 25 tot 30")
* insert Term(bmi-30-34, "Body mass index 30 to under 35", "Body mass index 30 tot 35")
* insert Term(bmi-35-over, "Body mass index 35 and over", "Body mass index 35 en hoger")
* insert Term(pain-under-5, "Pain under 5", "Pijn onder 5")
* insert Term(pain-5-6, "Pain 5 to under 7", "Pijn 5 tot 7")
* insert Term(pain-7-8, "Pain 7 to under 9", "Pijn 7 tot 9")
* insert Term(pain-9-10, "Pain 9 to 10", "Pijn 9 tot en met 10")
* insert Term(opioid-none, "No opioid", "Geen opioïde")
* insert Term(opioid-under-50, "Under 50 mg a day", "Minder dan 50 mg per dag")
* insert Term(opioid-50-89, "50 to under 90 mg a day", "50 tot 90 mg per dag")
* insert Term(opioid-90-over, "90 mg a day and over", "90 mg per dag en meer")

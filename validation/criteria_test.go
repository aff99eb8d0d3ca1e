package validation

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

const (
	met    = kleene.Met
	notMet = kleene.NotMet
	open   = kleene.Undecided
	na     = kleene.NotApplicable
)

// The boundaries of every judged criterion: each line changes one thing in a
// record that meets everything, and says how the criterion then turns out. The
// as-of day is 16 June 2025.
var boundaries = []struct {
	criterion, indication string
	phase                 Phase
	change                string
	want                  kleene.Outcome
}{
	// Introduction: what is reimbursed.
	{"coverage-list-effective-date", "fbss", "", "", met},
	{"coverage-modality-scs-drgs", "fbss", "", "modality=SCS", met},
	{"coverage-modality-scs-drgs", "fbss", "", "modality=ONS", notMet},
	{"coverage-modality-scs-drgs", "fbss", "", "modality=", open},
	{"coverage-modality-scs-drgs", "crps", "", "modality=DRGS", met},
	{"coverage-modality-scs-drgs", "crps", "", "modality=DRGS; crps.site=upper-limb", notMet},
	{"coverage-modality-scs-drgs", "crps", "", "modality=DRGS; crps.site=", open},
	{"coverage-modality-scs-drgs", "pdn", "", "modality=DRGS", notMet},
	{"coverage-fbss-scs", "fbss", "", "", met},
	{"coverage-fbss-scs", "fbss", "", "modality=DRGS", notMet},
	{"coverage-fbss-scs", "fbss", "", "fbss.predominant=back", notMet},
	{"coverage-fbss-scs", "fbss", "", "fbss.predominant=equal", open},
	{"coverage-fbss-scs", "fbss", "", "fbss.confirmed=", open},
	{"coverage-fbss-scs", "fbss", "", "fbss.confirmed=false", open},
	{"coverage-fnss-scs", "fnss", "", "", met},
	{"coverage-fnss-scs", "fnss", "", "fnss.limb-pain-radicular=no", notMet},
	{"coverage-fnss-scs", "fnss", "", "modality=", open},
	{"coverage-crps-leg-scs-drgs", "crps", "", "modality=DRGS", met},
	{"coverage-crps-leg-scs-drgs", "crps", "", "modality=ONS", notMet},
	{"coverage-crps-leg-scs-drgs", "crps", "", "crps.site=upper-limb", na},
	{"coverage-crps-leg-scs-drgs", "crps", "", "crps.site=both; modality=DRGS", met},
	{"coverage-crps-leg-scs-drgs", "crps", "", "modality=", open},
	{"coverage-crps-other-scs", "crps", "", "", na},
	{"coverage-crps-other-scs", "crps", "", "crps.site=upper-limb", met},
	{"coverage-crps-other-scs", "crps", "", "crps.site=upper-limb; modality=DRGS", notMet},
	{"coverage-crps-other-scs", "crps", "", "crps.site=; modality=DRGS", open},
	{"coverage-pdn-sfn-scs", "pdn", "", "", met},
	{"coverage-pdn-sfn-scs", "sfn", "", "modality=ONS", notMet},
	{"coverage-pdn-sfn-scs", "sfn", "", "sfn.confirmed=", open},
	{"coverage-cch-ons", "cch", "", "", met},
	{"coverage-cch-ons", "cch", "", "modality=SCS", notMet},
	{"coverage-cch-ons", "cch", "", "cch.ichd3=episodic-cluster", notMet},
	{"coverage-cch-ons", "cch", "", "modality=", open},
	{"noncovered-list", "fbss", "", "", met},
	{"noncovered-list", "fbss", "", "for=fbss|phn", open},
	{"noncovered-list", "fbss", "", "for=fbss|phn; reason=fbss", met},
	{"noncovered-list", "fbss", "", "for=fbss|phn; reason=fbss|phn", open},

	// Introduction: chronic pain, last resort.
	{"chronic-pain-definition", "fbss", "", "pain-onset=2025-03-16", met},
	{"chronic-pain-definition", "fbss", "", "pain-onset=2025-03-17", notMet},
	{"last-resort", "fbss", "", "last-resort=insufficient-effect", met},
	{"last-resort", "fbss", "", "last-resort=intolerable", met},
	{"last-resort", "fbss", "", "last-resort=still-effective", notMet},
	{"last-resort", "fbss", "", "last-resort=not-evaluated", notMet},
	{"last-resort", "fbss", "", "last-resort=", open},
	{"ehealth-tool-recommended", "fbss", "", "ehealth-tool=rarely-recommended", met},
	{"ehealth-tool-recommended", "fbss", "", "ehealth-tool=not-used", notMet},
	{"ehealth-tool-recommended", "fbss", "", "", open},
	{"ehealth-tool-factors", "fbss", "", "psychosocial.coping=severe", open},
	{"ehealth-tool-factors", "fbss", "", "psychosocial.engagement=none; psychosocial.coping=mild; psychosocial.expectations=severe; psychosocial.daily-activity=none;" +
		"psychosocial.social-support=none; psychosocial.secondary-gain=none; psychosocial.psychological-distress=none; psychosocial.opioid-reduction-willingness=none", met},

	// Chapter 1, preparation.
	{"incl-age-18", "fbss", "", "birth-date=2007-06-16", met}, // the eighteenth birthday itself
	{"incl-age-18", "fbss", "", "birth-date=2007-06-17", notMet},
	{"incl-age-18", "fbss", "", "birth-date=2007", open},
	{"incl-age-18", "fbss", "", "birth-date=2007-06", open},
	{"incl-age-18", "fbss", "", "birth-date=2007-05", met},
	{"incl-age-18", "fbss", "", "birth-date=2008", notMet},
	{"incl-age-18", "fbss", "", "birth-date=", open},
	{"incl-age-18", "fbss", "", "birth-date=2000-02-29; asOf=2018-02-28", notMet}, // a leapling's birthday is 1 March
	{"incl-age-18", "fbss", "", "birth-date=2004-02-29; asOf=2022-03-01", met},
	{"incl-pain-6-months", "fbss", "", "pain-onset=2024-12-16", met},
	{"incl-pain-6-months", "fbss", "", "pain-onset=2024-12-17", notMet}, // six months less a day
	{"incl-pain-6-months", "fbss", "", "pain-onset=2024-12", open},
	{"incl-pain-6-months", "fbss", "", "pain-onset=2024-11", met},
	{"incl-pain-6-months", "fbss", "", "pain-onset=2020-01-01|2025-05-01", open},
	{"incl-pain-6-months", "fbss", "", "pain-onset=2020-01-01|2021-05-01", met}, // contradictory, but either is long ago
	{"incl-pain-6-months", "fbss", "", "pain-onset=2022-08-31; asOf=2023-02-28", met},
	{"incl-pain-6-months", "fbss", "", "pain-onset=2022-08-31; asOf=2023-02-27", notMet},
	{"incl-pain-6-months", "fbss", "", "pain-onset=", open},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=5", met},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=4.99", notMet},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=; intake-vas=50", met},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=; intake-vas=49.9", notMet},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=", open},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=5; intake-vas=45", met}, // either suffices
	{"incl-pain-intensity", "fbss", "", "intake-nrs=; score=intake nrs 5", met},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=; score=intake nrs 499/100", notMet},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=; score=intake nrs 8 days:3", open},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=; score=intake nrs 8 a-day:1", open},
	{"incl-pain-intensity", "fbss", "", "intake-nrs=; score=intake nrs 7 leg|intake nrs 3", met}, // the leg counts for FBSS
	{"weighted-score", "fbss", "", "intake-nrs=; score=intake nrs 7", met},
	{"weighted-score", "fbss", "", "intake-nrs=; score=intake nrs 7 days:3", open},
	{"excl-substance-misuse", "fbss", "", "substance-misuse=none", met},
	{"excl-substance-misuse", "fbss", "", "substance-misuse=remission", met},
	{"excl-substance-misuse", "fbss", "", "substance-misuse=active", notMet},
	{"excl-substance-misuse", "fbss", "", "substance-misuse=", open},
	{"excl-substance-misuse", "fbss", "", "substance-misuse=none|active", open},
	{"excl-substance-misuse", "fbss", "", "substance-misuse=none|remission", met}, // contradictory, but either will do
	{"excl-pregnancy", "fbss", "", "pregnancy=no; sex=female", met},
	{"excl-pregnancy", "fbss", "", "pregnancy=yes; sex=female", notMet},
	{"excl-pregnancy", "fbss", "", "pregnancy=; sex=female", open}, // 55 years old
	{"excl-pregnancy", "fbss", "", "pregnancy=; sex=female; birth-date=1990-01-01", open},
	{"excl-pregnancy", "fbss", "", "pregnancy=; sex=female; birth-date=1969-06-16", met},
	{"excl-pregnancy", "fbss", "", "pregnancy=; sex=female; birth-date=1969-06-17", open}, // still 55
	{"excl-pregnancy", "fbss", "", "pregnancy=; sex=male", met},
	{"excl-pregnancy", "fbss", "", "pregnancy=; sex=", open},
	{"excl-pregnancy", "fbss", "", "pregnancy=yes; sex=male", open},
	{"excl-pregnancy", "fbss", "", "pregnancy=yes|no; sex=female", open},
	{"excl-coagulation", "fbss", "", "", met},
	{"excl-coagulation", "fbss", "", "anticoagulant=may-stop", met},
	{"excl-coagulation", "fbss", "", "anticoagulant=may-not-stop", notMet},
	{"excl-coagulation", "fbss", "", "anticoagulant=unknown-if-stop", open},
	{"excl-coagulation", "fbss", "", "coagulation-disorder=true", notMet},
	{"excl-coagulation", "fbss", "", "coagulation-disorder=true; anticoagulant=", notMet}, // certain, whatever else
	{"excl-coagulation", "fbss", "", "coagulation-disorder=", open},
	{"excl-active-infection", "fbss", "", "active-infection=false", met},
	{"excl-active-infection", "fbss", "", "active-infection=true", notMet},
	{"excl-active-infection", "fbss", "", "active-infection=", open},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=; life-expectancy-months=13", met},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=; life-expectancy-months=12", notMet},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=; life-expectancy-months=6..18", open},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=true", met},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=false", notMet},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=true; life-expectancy-months=6..18", met},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=true; life-expectancy-months=6", open},
	{"excl-life-expectancy", "fbss", "", "life-expectancy-over-12=", open},
	{"excl-questionnaires-not-completed", "fbss", "", "", met},
	{"excl-questionnaires-not-completed", "fbss", "", "proms=pending", open},
	{"excl-questionnaires-not-completed", "fbss", "", "proms=refused", notMet},
	{"excl-questionnaires-not-completed", "fbss", "", "intake-questionnaire=refused; proms=", notMet},
	{"excl-questionnaires-not-completed", "fbss", "", "intake-questionnaire=", open},
	{"excl-bmi-35", "fbss", "", "bmi=34.99", met},
	{"excl-bmi-35", "fbss", "", "bmi=35", notMet},
	{"excl-bmi-35", "fbss", "", "bmi=34..36", open},
	{"excl-bmi-35", "fbss", "", "bmi=", open},
	{"opioid-med-below-90", "fbss", "", "opioid-med=89.9", met},
	{"opioid-med-below-90", "fbss", "", "opioid-med=90", notMet},
	{"opioid-med-below-90", "fbss", "", "opioid-med=60..120", open},
	{"opioid-med-below-90", "fbss", "", "opioid-med=0", met},
	{"opioid-med-below-90", "fbss", "", "opioid-med=", open},
	{"opioid-lowest-or-stop", "fbss", "", "opioid-med=0", met},
	{"opioid-lowest-or-stop", "fbss", "", "opioid-med=20; taper-guidance=true", met},
	{"opioid-lowest-or-stop", "fbss", "", "opioid-med=20; taper-guidance=false", notMet},
	{"opioid-lowest-or-stop", "fbss", "", "opioid-med=20", open},
	{"psychiatric-referral", "fbss", "", "psychiatric-disorder=none", na},
	{"psychiatric-referral", "fbss", "", "psychiatric-disorder=active; psychiatric-referral=true", met},
	{"psychiatric-referral", "fbss", "", "psychiatric-disorder=active; psychiatric-referral=false", notMet},
	{"psychiatric-referral", "fbss", "", "psychiatric-disorder=active", notMet}, // until one is on record
	{"psychiatric-referral", "fbss", "", "psychiatric-disorder=", open},
	{"psychiatric-referral", "fbss", "", "psychiatric-disorder=; psychiatric-referral=true", met}, // referred anyhow
	{"mdt-composition", "fbss", "", "", met},
	{"mdt-composition", "fbss", "", "team=neurosurgeon|psychiatrist|nurse", met},
	{"mdt-composition", "fbss", "", "team=neurosurgeon|psychiatrist", notMet},
	{"mdt-composition", "fbss", "", "team=", open},

	// Chapter 2, failed back surgery syndrome.
	{"fbss-definition", "fbss", "", "fbss.spine-surgeries=1", met},
	{"fbss-definition", "fbss", "", "fbss.spine-surgeries=0", notMet},
	{"fbss-pain-predominant", "fbss", "", "fbss.predominant=leg", met},
	{"fbss-pain-predominant", "fbss", "", "fbss.predominant=back", notMet},
	{"fbss-pain-predominant", "fbss", "", "fbss.predominant=equal", open},
	{"fbss-pain-predominant", "fbss", "", "fbss.predominant=", open},
	{"fbss-incl-radicular-leg-pain", "fbss", "", "", met},
	{"fbss-incl-radicular-leg-pain", "fbss", "", "fbss.mechanism=nociplastic|nociceptive", met}, // mixed pain is allowed
	{"fbss-incl-radicular-leg-pain", "fbss", "", "fbss.mechanism=nociceptive", notMet},
	{"fbss-incl-radicular-leg-pain", "fbss", "", "fbss.limb-pain-radicular=no", notMet},
	{"fbss-incl-radicular-leg-pain", "fbss", "", "fbss.mechanism=", open},
	{"fbss-incl-surgery", "fbss", "", "fbss.spine-surgeries=1", met},
	{"fbss-incl-surgery", "fbss", "", "fbss.spine-surgeries=1..", met},
	{"fbss-incl-surgery", "fbss", "", "fbss.spine-surgeries=0", notMet},
	{"fbss-incl-surgery", "fbss", "", "fbss.spine-surgeries=", open},
	{"fbss-incl-surgically-untreatable", "fbss", "", "", met},
	{"fbss-incl-surgically-untreatable", "fbss", "", "fbss.surgically-untreatable=false", notMet},
	{"fbss-incl-surgically-untreatable", "fbss", "", "fbss.surgically-untreatable=", open},
	{"fbss-cons-before-implant", "fbss", "", "", met},
	{"fbss-cons-before-implant", "fbss", "", "fbss.consideration.cons-exercise=not-considered", notMet},
	{"fbss-cons-before-implant", "fbss", "", "fbss.consideration.cons-exercise=", open},
	{"fbss-cons-exercise", "fbss", "", "fbss.consideration.cons-exercise=tried", met},
	{"fbss-cons-exercise", "fbss", "", "fbss.consideration.cons-exercise=rejected-with-reason", met},
	{"fbss-cons-exercise", "fbss", "", "fbss.consideration.cons-exercise=not-considered", notMet},
	{"fbss-cons-exercise", "fbss", "", "fbss.consideration.cons-exercise=still-effective", notMet},
	{"fbss-cons-exercise", "fbss", "", "fbss.consideration.cons-exercise=", open},
	{"fbss-cons-exercise", "fbss", "", "fbss.consideration.cons-exercise=not-applicable", open}, // it has no trigger to be absent
	{"fbss-cons-nociceptive", "fbss", "", "", na},                                               // no nociceptive component
	{"fbss-cons-nociceptive", "fbss", "", "fbss.consideration.cons-nociceptive=not-applicable", na},
	{"fbss-cons-nociceptive", "fbss", "", "fbss.mechanism=neuropathic|nociceptive", open},
	{"fbss-cons-nociceptive", "fbss", "", "fbss.mechanism=neuropathic|nociceptive; fbss.consideration.cons-nociceptive=tried", met},
	{"fbss-cons-nociceptive", "fbss", "", "fbss.mechanism=neuropathic|nociceptive; fbss.consideration.cons-nociceptive=not-considered", notMet},
	{"fbss-cons-nociceptive", "fbss", "", "fbss.mechanism=neuropathic|nociceptive; fbss.consideration.cons-nociceptive=not-applicable", open}, // contradiction
	{"fbss-cons-coanalgesic", "fbss", "", "fbss.coanalgesic=gabapentin|venlafaxine", met},
	{"fbss-cons-coanalgesic", "fbss", "", "fbss.coanalgesic=gabapentin:rejected-with-reason|venlafaxine", met},
	{"fbss-cons-coanalgesic", "fbss", "", "fbss.coanalgesic=gabapentin|pregabalin", open}, // two of one class
	{"fbss-cons-coanalgesic", "fbss", "", "fbss.coanalgesic=gabapentin|pregabalin; fbss.coanalgesics-complete=true", notMet},
	{"fbss-cons-coanalgesic", "fbss", "", "fbss.coanalgesic=amitriptyline|duloxetine; fbss.coanalgesics-complete=true", notMet}, // no ligand
	{"fbss-cons-coanalgesic", "fbss", "", "fbss.coanalgesic=", open},
	{"fbss-cons-coanalgesic", "fbss", "", "fbss.mechanism=nociceptive", na},
	{"fbss-cons-biopsychosocial", "fbss", "", "fbss.consideration.cons-biopsychosocial=not-applicable", na},
	{"fbss-cons-biopsychosocial", "fbss", "", "fbss.consideration.cons-biopsychosocial=not-considered", notMet},
	{"fbss-cons-biopsychosocial", "fbss", "", "fbss.consideration.cons-biopsychosocial=", open},
	{"fbss-minvasive-after-cons", "fbss", "", "", met},
	{"fbss-minvasive-after-cons", "fbss", "", "last-resort=still-effective", na},
	{"fbss-minvasive-after-cons", "fbss", "", "fbss.consideration.minv-prf=not-considered", notMet},
	{"fbss-minvasive-after-cons", "fbss", "", "fbss.consideration.minv-prf=", open},
	{"fbss-minv-scar-injection", "fbss", "", "fbss.consideration.minv-scar-injection=not-applicable", na},
	{"fbss-minv-scar-injection", "fbss", "", "fbss.consideration.minv-scar-injection=tried", met},
	{"fbss-minv-scar-injection", "fbss", "", "fbss.consideration.minv-scar-injection=not-considered", notMet},
	{"fbss-minv-prf", "fbss", "", "fbss.consideration.minv-prf=rejected-with-reason", met},
	{"fbss-minv-prf", "fbss", "", "fbss.consideration.minv-prf=not-considered", notMet},
	{"fbss-minv-prf", "fbss", "", "fbss.consideration.minv-prf=", open},

	// Chapter 2, failed neck surgery syndrome.
	{"fnss-definition", "fnss", "", "fnss.spine-surgeries=1", met},
	{"fnss-definition", "fnss", "", "fnss.spine-surgeries=0", notMet},
	{"fnss-definition", "fnss", "", "fnss.spine-surgeries=", open},
	{"fnss-pain-predominant", "fnss", "", "fnss.predominant=arm", met},
	{"fnss-pain-predominant", "fnss", "", "fnss.predominant=neck", notMet},
	{"fnss-pain-predominant", "fnss", "", "fnss.predominant=equal", open},
	{"fnss-incl-radicular-arm-pain", "fnss", "", "", met},
	{"fnss-incl-radicular-arm-pain", "fnss", "", "fnss.mechanism=nociceptive", notMet},
	{"fnss-incl-radicular-arm-pain", "fnss", "", "fnss.limb-pain-radicular=", open},
	{"fnss-cons-before-implant", "fnss", "", "fnss.consideration.cons-exercise=still-effective", notMet},
	{"fnss-cons-before-implant", "fnss", "", "", met},
	{"fnss-cons-exercise", "fnss", "", "", met},
	{"fnss-cons-exercise", "fnss", "", "fnss.consideration.cons-exercise=not-considered", notMet},
	{"fnss-cons-nociceptive", "fnss", "", "", na},
	{"fnss-cons-nociceptive", "fnss", "", "fnss.mechanism=nociceptive; fnss.consideration.cons-nociceptive=tried", met},
	{"fnss-cons-coanalgesic", "fnss", "", "", met},
	{"fnss-cons-coanalgesic", "fnss", "", "fnss.coanalgesic=duloxetine; fnss.coanalgesics-complete=true", notMet},
	{"fnss-cons-biopsychosocial", "fnss", "", "", met},
	{"fnss-cons-biopsychosocial", "fnss", "", "fnss.consideration.cons-biopsychosocial=", open},
	{"fnss-minvasive-after-cons", "fnss", "", "", met},
	{"fnss-minvasive-after-cons", "fnss", "", "fnss.consideration.minv-scar-injection=not-considered", notMet},
	{"fnss-minv-scar-injection", "fnss", "", "", met},
	{"fnss-minv-scar-injection", "fnss", "", "fnss.consideration.minv-scar-injection=", open},
	{"fnss-minv-prf", "fnss", "", "", met},
	{"fnss-minv-prf", "fnss", "", "fnss.consideration.minv-prf=still-effective", notMet},

	// Chapter 2, complex regional pain syndrome.
	{"crps-incl-iasp", "crps", "", "", met},
	{"crps-incl-iasp", "crps", "", "crps.iasp-criteria=not-met", notMet},
	{"crps-incl-iasp", "crps", "", "crps.iasp-criteria=", open},
	{"crps-drg-lower-limb", "crps", "", "", na}, // SCS
	{"crps-drg-lower-limb", "crps", "", "modality=DRGS", met},
	{"crps-drg-lower-limb", "crps", "", "modality=DRGS; crps.predominant=arm; crps.site=both", notMet},
	{"crps-drg-lower-limb", "crps", "", "modality=DRGS; crps.predominant=equal; crps.site=both", open},
	{"crps-drg-lower-limb", "crps", "", "modality=DRGS; crps.predominant=lower-limb|upper-limb", open}, // the site does not settle it
	{"crps-cons-before-implant", "crps", "", "", met},
	{"crps-cons-before-implant", "crps", "", "crps.consideration.cons-vasodilator=not-considered", notMet},
	{"crps-cons-before-implant", "crps", "", "crps.consideration.cons-spasmolytic=", open},
	{"crps-cons-exercise", "crps", "", "", met},
	{"crps-cons-exercise", "crps", "", "crps.consideration.cons-exercise=not-considered", notMet},
	{"crps-cons-antiinflammatory", "crps", "", "crps.consideration.cons-antiinflammatory=", open}, // no signs of inflammation do not end the suspicion
	{"crps-cons-antiinflammatory", "crps", "", "crps.consideration.cons-antiinflammatory=not-applicable", na},
	{"crps-cons-antiinflammatory", "crps", "", "crps.consideration.cons-antiinflammatory=not-considered", notMet},
	{"crps-cons-antiinflammatory", "crps", "", "crps.inflammation=true; crps.consideration.cons-antiinflammatory=not-applicable", open}, // contradiction
	{"crps-cons-antiinflammatory", "crps", "", "crps.inflammation=true; crps.consideration.cons-antiinflammatory=", open},
	{"crps-cons-antiinflammatory", "crps", "", "crps.inflammation=true; crps.consideration.cons-antiinflammatory=not-considered", notMet},
	{"crps-cons-antiinflammatory", "crps", "", "crps.inflammation=true; crps.consideration.cons-antiinflammatory=tried", met},
	{"crps-cons-dmso-lt1y", "crps", "", "", na},
	{"crps-cons-dmso-lt1y", "crps", "", "crps.inflammation=true; crps.crps-onset=2024-06-17", open}, // a year less a day
	{"crps-cons-dmso-lt1y", "crps", "", "crps.inflammation=true; crps.crps-onset=2024-06-16", na},   // exactly a year
	{"crps-cons-dmso-lt1y", "crps", "", "crps.inflammation=true; crps.crps-onset=2024-06-17; crps.crps-type=II", na},
	{"crps-cons-dmso-lt1y", "crps", "", "crps.inflammation=true; crps.crps-onset=2024-02-29; asOf=2025-02-28", na}, // a year, to the end of the month
	{"crps-cons-dmso-lt1y", "crps", "", "crps.inflammation=true; crps.crps-onset=2025-01-01; crps.consideration.cons-dmso-lt1y=not-considered", notMet},
	{"crps-cons-dmso-lt1y", "crps", "", "crps.inflammation=true; crps.crps-onset=2025-01-01; crps.consideration.cons-dmso-lt1y=tried", met},
	{"crps-cons-dmso-gt1y", "crps", "", "crps.crps-onset=2024-06-16; crps.consideration.cons-dmso-gt1y=tried", met},
	{"crps-cons-dmso-gt1y", "crps", "", "crps.crps-onset=2024-06-16; crps.consideration.cons-dmso-gt1y=not-considered", notMet},
	{"crps-cons-dmso-gt1y", "crps", "", "crps.crps-onset=2024-06-17", na},
	{"crps-cons-dmso-gt1y", "crps", "", "", open},
	{"crps-cons-nac", "crps", "", "crps.consideration.cons-nac=tried", met},
	{"crps-cons-nac", "crps", "", "crps.inflammation=true", na},
	{"crps-cons-nac", "crps", "", "crps.consideration.cons-nac=not-considered", notMet},
	{"crps-cons-coanalgesic", "crps", "", "", met},
	{"crps-cons-coanalgesic", "crps", "", "crps.coanalgesic=amitriptyline; crps.coanalgesics-complete=true", notMet},
	{"crps-cons-vasodilator", "crps", "", "crps.consideration.cons-vasodilator=not-applicable", na},
	{"crps-cons-vasodilator", "crps", "", "", met},
	{"crps-cons-vasodilator", "crps", "", "crps.consideration.cons-vasodilator=not-considered", notMet},
	{"crps-cons-spasmolytic", "crps", "", "", met},
	{"crps-cons-spasmolytic", "crps", "", "crps.consideration.cons-spasmolytic=", open},
	{"crps-cons-biopsychosocial", "crps", "", "", met},
	{"crps-cons-biopsychosocial", "crps", "", "crps.consideration.cons-biopsychosocial=not-considered", notMet},
	{"crps-minvasive-after-cons", "crps", "", "", met}, // no residual state: nothing is asked
	{"crps-minvasive-after-cons", "crps", "", "crps.residual-state=true; crps.consideration.inv-ketamine=not-considered", notMet},
	{"crps-inv-thoracic-block", "crps", "", "", na}, // lower limb
	{"crps-inv-thoracic-block", "crps", "", "crps.residual-state=true; crps.site=upper-limb", open},
	{"crps-inv-thoracic-block", "crps", "", "crps.residual-state=true; crps.site=upper-limb; crps.consideration.inv-thoracic-block=tried", met},
	{"crps-inv-thoracic-block", "crps", "", "crps.residual-state=true; crps.site=upper-limb; crps.consideration.inv-thoracic-block=not-applicable", na},
	{"crps-inv-ketamine", "crps", "", "", na},
	{"crps-inv-ketamine", "crps", "", "crps.residual-state=true", open},
	{"crps-inv-ketamine", "crps", "", "crps.residual-state=true; crps.consideration.inv-ketamine=rejected-with-reason", met},
	{"crps-inv-ketamine", "crps", "", "crps.residual-state=true; crps.consideration.inv-ketamine=not-considered", notMet},

	// Chapter 2, painful diabetic polyneuropathy.
	{"pdn-incl-lower-limb", "pdn", "", "", met},
	{"pdn-incl-lower-limb", "pdn", "", "pdn.lower-limb-pain=false", notMet},
	{"pdn-incl-lower-limb", "pdn", "", "pdn.lower-limb-pain=", open},
	{"pdn-incl-diagnosed-by", "pdn", "", "pdn.diagnosed-by=neurologist", met},
	{"pdn-incl-diagnosed-by", "pdn", "", "pdn.diagnosed-by=general-practitioner", notMet},
	{"pdn-incl-diagnosed-by", "pdn", "", "pdn.diagnosed-by=", open},
	{"pdn-cons-before-implant", "pdn", "", "", met},
	{"pdn-cons-before-implant", "pdn", "", "pdn.coanalgesic=", open},
	{"pdn-cons-exercise", "pdn", "", "", met},
	{"pdn-cons-exercise", "pdn", "", "pdn.consideration.cons-exercise=not-considered", notMet},
	{"pdn-cons-nociceptive", "pdn", "", "", na},
	{"pdn-cons-nociceptive", "pdn", "", "pdn.mechanism=nociceptive|neuropathic", open},
	{"pdn-cons-coanalgesic", "pdn", "", "pdn.coanalgesic=venlafaxine", met}, // one suffices, of the first choice
	{"pdn-cons-coanalgesic", "pdn", "", "pdn.coanalgesic=pregabalin; pdn.coanalgesics-complete=true", notMet},
	{"pdn-cons-coanalgesic", "pdn", "", "pdn.coanalgesic=pregabalin|duloxetine:rejected-with-reason", met},
	{"pdn-cons-coanalgesic", "pdn", "", "pdn.coanalgesic=pregabalin", open},
	{"pdn-cons-biopsychosocial", "pdn", "", "", met},
	{"pdn-cons-biopsychosocial", "pdn", "", "pdn.consideration.cons-biopsychosocial=", open},
	{"pdn-minvasive-after-cons", "pdn", "", "", open},
	{"pdn-minvasive-after-cons", "pdn", "", "pdn.consideration.minv-tens=tried; pdn.consideration.minv-sympathetic-block=not-applicable", met},
	{"pdn-minv-tens", "pdn", "", "pdn.consideration.minv-tens=tried", met},
	{"pdn-minv-tens", "pdn", "", "pdn.consideration.minv-tens=not-considered", notMet},
	{"pdn-minv-sympathetic-block", "pdn", "", "pdn.consideration.minv-sympathetic-block=not-applicable", na},
	{"pdn-minv-sympathetic-block", "pdn", "", "pdn.consideration.minv-sympathetic-block=", open},

	// Chapter 2, small fibre neuropathy.
	{"sfn-incl-neurologist", "sfn", "", "", met},
	{"sfn-incl-neurologist", "sfn", "", "sfn.diagnosed-by=internist", notMet},
	{"sfn-incl-neurologist", "sfn", "", "sfn.diagnosed-by=", open},
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-nrs=5", met},
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-nrs=4.9", notMet},
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-nrs=; sfn.limb-vas=50", met},
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-nrs=; sfn.limb-vas=49", notMet},
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-predominant=false", notMet},
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-nrs=5|6", met}, // contradictory, but either is enough
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-nrs=4|6", open},
	{"sfn-incl-limb-pain", "sfn", "", "sfn.limb-nrs=", open},
	{"sfn-cons-before-implant", "sfn", "", "", met},
	{"sfn-cons-before-implant", "sfn", "", "sfn.consideration.cons-exercise=not-considered", notMet},
	{"sfn-cons-exercise", "sfn", "", "", met},
	{"sfn-cons-exercise", "sfn", "", "sfn.consideration.cons-exercise=still-effective", notMet},
	{"sfn-cons-coanalgesic", "sfn", "", "sfn.coanalgesic=venlafaxine|nortriptyline", met},
	{"sfn-cons-coanalgesic", "sfn", "", "sfn.coanalgesic=pregabalin|nortriptyline; sfn.coanalgesics-complete=true", notMet}, // here the SNRI is due
	{"sfn-cons-coanalgesic", "sfn", "", "sfn.coanalgesic=duloxetine", open},
	{"sfn-cons-capsaicin", "sfn", "", "sfn.consideration.cons-capsaicin=tried", met},
	{"sfn-cons-capsaicin", "sfn", "", "sfn.consideration.cons-capsaicin=not-considered", notMet},
	{"sfn-cons-capsaicin", "sfn", "", "", open},
	{"sfn-cons-biopsychosocial", "sfn", "", "", met},
	{"sfn-cons-biopsychosocial", "sfn", "", "sfn.consideration.cons-biopsychosocial=not-considered", notMet},
	{"sfn-excl-pain-elsewhere", "sfn", "", "sfn.elsewhere-nrs=4", met},
	{"sfn-excl-pain-elsewhere", "sfn", "", "sfn.elsewhere-nrs=4.5", notMet},
	{"sfn-excl-pain-elsewhere", "sfn", "", "sfn.elsewhere-nrs=; sfn.elsewhere-vas=40", met},
	{"sfn-excl-pain-elsewhere", "sfn", "", "sfn.elsewhere-nrs=; sfn.elsewhere-vas=41", notMet},
	{"sfn-excl-pain-elsewhere", "sfn", "", "sfn.elsewhere-nrs=3; sfn.elsewhere-vas=60", open},
	{"sfn-excl-pain-elsewhere", "sfn", "", "sfn.elsewhere-nrs=", open},

	// Chapter 2, chronic cluster headache.
	{"cch-diagnosis-basis", "cch", "", "", met},
	{"cch-diagnosis-basis", "cch", "", "cch.diagnosed-by=internist", notMet},
	{"cch-diagnosis-basis", "cch", "", "cch.ichd3=other", notMet},
	{"cch-diagnosis-basis", "cch", "", "cch.ichd3=", open},
	{"cch-refractory-definition", "cch", "", "", met},
	{"cch-refractory-definition", "cch", "", "cch.drug-outcome.lithium=contraindicated", met},
	{"cch-refractory-definition", "cch", "", "cch.drug-outcome.verapamil=effective", notMet},
	{"cch-refractory-definition", "cch", "", "cch.drug-outcome.lithium=never-given", notMet},
	{"cch-refractory-definition", "cch", "", "cch.drug-outcome.topiramate=; cch.drug-outcome.gabapentin=failed", met},
	{"cch-refractory-definition", "cch", "", "cch.drug-outcome.topiramate=", open},
	{"cch-refractory-definition", "cch", "", "cch.drug-outcome.topiramate=never-given; cch.drug-outcome.gabapentin=never-given; cch.drug-outcome.methysergide=never-given", notMet},
	{"cch-incl-ichd3", "cch", "", "", met},
	{"cch-incl-ichd3", "cch", "", "cch.ichd3=episodic-cluster", notMet},
	{"cch-incl-ichd3", "cch", "", "cch.diagnosed-by=", open},
	{"cch-incl-attack-frequency", "cch", "", "cch.attacks-per-week=4", met},
	{"cch-incl-attack-frequency", "cch", "", "cch.attacks-per-week=3.9", notMet},
	{"cch-incl-attack-frequency", "cch", "", "cch.attacks-per-week=3..5", open},
	{"cch-incl-mri-4-years", "cch", "", "cch.mri-date=2021-06-16", met},
	{"cch-incl-mri-4-years", "cch", "", "cch.mri-date=2021-06-15", notMet},
	{"cch-incl-mri-4-years", "cch", "", "cch.mri-date=2021", open},
	{"cch-incl-mri-4-years", "cch", "", "cch.mri-pathology=true", notMet},
	{"cch-incl-mri-4-years", "cch", "", "cch.mri-pathology=", open},
	{"cch-cons-before-implant", "cch", "", "", met},
	{"cch-cons-before-implant", "cch", "", "cch.consideration.cons-biopsychosocial=", open},
	{"cch-cons-drugs", "cch", "", "", met},
	{"cch-cons-drugs", "cch", "", "cch.drug-outcome.verapamil=effective", notMet},
	{"cch-cons-drugs", "cch", "", "cch.drug-outcome.lithium=", open},
	{"cch-cons-biopsychosocial", "cch", "", "", met},
	{"cch-cons-biopsychosocial", "cch", "", "cch.consideration.cons-biopsychosocial=not-considered", notMet},
	{"cch-excl-medication-overuse", "cch", "", "", met},
	{"cch-excl-medication-overuse", "cch", "", "cch.medication-overuse=true", notMet},
	{"cch-excl-medication-overuse", "cch", "", "cch.medication-overuse=", open},
	{"cch-excl-vascular-lesion", "cch", "", "", met},
	{"cch-excl-vascular-lesion", "cch", "", "cch.vascular-lesion=true", notMet},
	{"cch-excl-c2c3-surgery", "cch", "", "", met},
	{"cch-excl-c2c3-surgery", "cch", "", "cch.c2c3-surgery=true", notMet},
	{"cch-excl-c2c3-surgery", "cch", "", "cch.c2c3-surgery=", open},

	// Chapter 1, trial and definitive placement.
	{"trial-min-1-week", "fbss", Trial, "trial-start=2025-06-02; trial-end=2025-06-09", met}, // seven days
	{"trial-min-1-week", "fbss", Trial, "trial-start=2025-06-02; trial-end=2025-06-08", notMet},
	{"trial-min-1-week", "fbss", Trial, "trial-done=false", notMet}, // all-in-one
	{"trial-min-1-week", "fbss", Trial, "trial-start=2025-06-12", open},
	{"trial-min-1-week", "fbss", Trial, "", open},
	{"trial-extension", "fbss", Trial, "trial-start=2025-05-02; trial-end=2025-06-09", na},
	{"trial-extension", "fbss", Trial, "extension-days=7; doubt-recorded=true", met},
	{"trial-extension", "fbss", Trial, "extension-days=14; doubt-recorded=true", met},
	{"trial-extension", "fbss", Trial, "extension-days=15; doubt-recorded=true", notMet},
	{"trial-extension", "fbss", Trial, "extension-days=6; doubt-recorded=true", notMet},
	{"trial-extension", "fbss", Trial, "extension-days=7", open},
	{"trial-diary-whole-phase", "fbss", Trial, "trial-start=2025-06-02; trial-end=2025-06-09; diary=complete; medication-recorded=true", met},
	{"trial-diary-whole-phase", "fbss", Trial, "trial-start=2025-06-02; trial-end=2025-06-09; diary=gaps; medication-recorded=true", notMet},
	{"trial-diary-whole-phase", "fbss", Trial, "trial-start=2025-06-02; trial-end=2025-06-09; diary=complete; medication-recorded=false", notMet},
	{"trial-diary-whole-phase", "fbss", Trial, "trial-start=2025-06-02; diary=complete; medication-recorded=true", open},
	{"trial-last-4-days", "fbss", Trial, "trial-nrs=3; trial-window-days=4", met},
	{"trial-last-4-days", "fbss", Trial, "trial-nrs=3; trial-window-days=3", open},
	{"trial-last-4-days", "fbss", Trial, "score=trial nrs 3", met},
	{"trial-last-4-days", "fbss", Trial, "score=trial nrs 3 days:3", open},
	{"trial-cch-attack-frequency", "cch", Trial, "trial-attacks-per-week=3", met},
	{"trial-cch-attack-frequency", "cch", Trial, "", open},
	{"agreement-4-two-stage", "fbss", Trial, "trial-start=2025-06-02; trial-end=2025-06-09", na},
	{"agreement-4-two-stage", "fbss", Trial, "agreement-party=true; trial-start=2025-06-02; trial-end=2025-06-15", notMet},
	{"agreement-4-two-stage", "fbss", Trial, "agreement-party=true; trial-start=2025-06-02; trial-end=2025-06-16", met},
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=7; trial-nrs=3.5", met},
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=7; trial-nrs=3.51", notMet},
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=6.1; trial-nrs=3.05", met},
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=7; trial-nrs=3.6; intake-vas=70; trial-vas=35", met}, // either instrument
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=7; trial-vas=30", open},                              // never across instruments
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=0; trial-nrs=0", open},
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=; trial-nrs=; score=intake nrs 8|trial nrs 2|trial nrs 2 leg", met},
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=; trial-nrs=; score=intake nrs 8|trial nrs 2|trial nrs 2 back", open}, // the back tells nothing of the leg
	{"definitive-50pct", "fbss", Definitive, "intake-nrs=; trial-nrs=4; score=intake nrs 8|trial nrs 2|trial nrs 2 back", met}, // as supplied
	{"definitive-50pct", "pdn", Definitive, "intake-nrs=; trial-nrs=; score=intake nrs 8|trial nrs 2|trial nrs 2 back", met},
	{"definitive-50pct", "fbss", Definitive, "trial-nrs=", open},
	{"definitive-cch-30pct", "cch", Definitive, "cch.attacks-per-week=10; trial-attacks-per-week=7", met},
	{"definitive-cch-30pct", "cch", Definitive, "cch.attacks-per-week=10; trial-attacks-per-week=7.1", notMet},
	{"definitive-cch-30pct", "cch", Definitive, "", open},

	// Chapter 1, aftercare.
	{"opioid-taper-after-implant", "fbss", Aftercare, "opioids-now=none", met},
	{"opioid-taper-after-implant", "fbss", Aftercare, "opioids-now=yes; taper-guidance=true", met},
	{"opioid-taper-after-implant", "fbss", Aftercare, "opioids-now=yes; taper-guidance=false", notMet},
	{"opioid-taper-after-implant", "fbss", Aftercare, "opioids-now=yes", open},
	{"aftercare-visits-3-6-12", "fbss", Aftercare, "implant-date=2025-01-16; visit=2025-04-16 nurse-specialist", met},
	{"aftercare-visits-3-6-12", "fbss", Aftercare, "implant-date=2025-01-16; visit=2025-05-16 nurse-specialist", met}, // thirty days late
	{"aftercare-visits-3-6-12", "fbss", Aftercare, "implant-date=2025-01-16; visit=2025-05-17 nurse-specialist; aftercare-record-complete=true", notMet},
	{"aftercare-visits-3-6-12", "fbss", Aftercare, "implant-date=2025-01-16", open},
	{"aftercare-visits-3-6-12", "fbss", Aftercare, "implant-date=2025-01-16; visit=2025-04-16", open}, // by whom?
	{"aftercare-visits-3-6-12", "fbss", Aftercare, "implant-date=2025-05-16; aftercare-record-complete=true", open},
	{"aftercare-proms-6m-yearly", "fbss", Aftercare, "implant-date=2023-01-01; proms-completed=2023-07-01|2024-07-01", met},
	{"aftercare-proms-6m-yearly", "fbss", Aftercare, "implant-date=2023-01-01; proms-completed=2023-07-01|2024-01-01|2025-01-01", met}, // the other anchor
	{"aftercare-proms-6m-yearly", "fbss", Aftercare, "implant-date=2023-01-01; proms-completed=2023-07-01; aftercare-record-complete=true", notMet},
	{"aftercare-proms-6m-yearly", "fbss", Aftercare, "implant-date=2023-01-01; proms-completed=2023-07-01", open},
	{"aftercare-yearly-contact", "fbss", Aftercare, "implant-date=2023-01-01; contact=2024-11-01 nurse; aftercare-record-complete=true", met},
	{"aftercare-yearly-contact", "fbss", Aftercare, "implant-date=2023-01-01; aftercare-record-complete=true", notMet},
	{"aftercare-yearly-contact", "fbss", Aftercare, "implant-date=2024-09-01; aftercare-record-complete=true", open},
	{"prom-gpe", "fbss", Aftercare, "instrument=gpe", met},
	{"prom-sf12", "fbss", Aftercare, "instrument=sf12v2", met},
	{"prom-nrs", "fbss", Aftercare, "instrument=nrs", met},
	{"prom-bpi", "fbss", Aftercare, "instrument=bpi", met},
	{"prom-olbpdq", "fbss", Aftercare, "instrument=odi", met},
	{"prom-ndi", "fbss", Aftercare, "proms=refused", notMet},
	{"prom-hads", "fbss", Aftercare, "instrument=hads", met},
	{"prom-pcs", "fbss", Aftercare, "proms=completed", open},
	{"prom-psqi", "fbss", Aftercare, "proms=", open},

	// Chapter 1, doubt after implantation.
	{"doubt-switch-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-08", met}, // seven days
	{"doubt-switch-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-29", met}, // twenty-eight days
	{"doubt-switch-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-30", notMet},
	{"doubt-switch-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-06; before-nrs=4; off-nrs=4", notMet},
	{"doubt-switch-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-06; before-nrs=4; off-nrs=7", met}, // worse, so on again
	{"doubt-switch-off", "fbss", Doubt, "off-start=2025-06-10", open},
	{"doubt-diary-4-days", "fbss", Doubt, "before-nrs=4; before-days=4; off-nrs=5; off-days=4", met},
	{"doubt-diary-4-days", "fbss", Doubt, "before-nrs=4; before-days=4; off-nrs=5; off-days=3", open},
	{"doubt-worsening-switch-on", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-20; before-nrs=4; off-nrs=6", notMet}, // exactly two
	{"doubt-worsening-switch-on", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-20; before-nrs=4; off-nrs=6.01", met},
	{"doubt-worsening-switch-on", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-20; before-vas=40; off-vas=55", notMet},
	{"doubt-worsening-switch-on", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-20; before-vas=40; off-vas=56", met},
	{"doubt-worsening-switch-on", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-20", open},
	{"doubt-no-worsening-stay-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-29; before-nrs=4; off-nrs=6;" +
		"sf12-before-pcs=35; sf12-off-pcs=35; sf12-before-mcs=45; sf12-off-mcs=46", met},
	{"doubt-no-worsening-stay-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-28; before-nrs=4; off-nrs=6;" +
		"sf12-before-pcs=35; sf12-off-pcs=35; sf12-before-mcs=45; sf12-off-mcs=46", open}, // a day short of four weeks
	{"doubt-no-worsening-stay-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-29; before-nrs=4; off-nrs=6;" +
		"sf12-before-pcs=35; sf12-off-pcs=34.9; sf12-before-mcs=45; sf12-off-mcs=46", notMet},
	{"doubt-no-worsening-stay-off", "fbss", Doubt, "off-start=2025-05-01; off-end=2025-05-29; before-nrs=4; off-nrs=6", open},
	{"doubt-team-decision", "fbss", Doubt, "decision-by=team|patient", met},
	{"doubt-team-decision", "fbss", Doubt, "decision-by=team", notMet},
	{"doubt-team-decision", "fbss", Doubt, "", open},

	// Chapter 3, the pain centre.
	{"centre-registration", "", Centre, "registered=true", met},
	{"centre-registration", "", Centre, "registered=false", notMet},
	{"centre-registration", "", Centre, "", open},
	{"centre-or-class-1", "", Centre, "or-class=1", met},
	{"centre-or-class-1", "", Centre, "or-class=2", notMet},
	{"centre-local-agreements", "", Centre, "local-agreements=true", met},
	{"centre-local-agreements", "", Centre, "local-agreements=false", notMet},
	{"centre-team-scs-drgs", "", Centre, "team-scs=true; team-drgs=true", met},
	{"centre-team-scs-drgs", "", Centre, "team-scs=true; team-drgs=false", notMet},
	{"centre-team-scs-drgs", "", Centre, "team-scs=true", open},
	{"centre-volume-20", "", Centre, "year=2024; patients-operative=20", met},
	{"centre-volume-20", "", Centre, "year=2024; patients-operative=19", notMet},
	{"centre-volume-20", "", Centre, "year=2025; patients-operative=19", open}, // the year still runs
	{"centre-volume-20", "", Centre, "year=2025; patients-operative=20", met},
	{"centre-volume-50-cooperation", "", Centre, "year=2024; patients-applied=50", met},
	{"centre-volume-50-cooperation", "", Centre, "year=2024; patients-applied=49; cooperation-agreement=true", met},
	{"centre-volume-50-cooperation", "", Centre, "year=2024; patients-applied=49; cooperation-agreement=false", notMet},
	{"centre-volume-50-cooperation", "", Centre, "year=2024; patients-applied=49", open},
	{"centre-single-accountable", "", Centre, "year=2024; patients-applied=50; cooperation-agreement=false", na},
	{"centre-single-accountable", "", Centre, "cooperation-agreement=true; accountable-centre=A", met},
	{"centre-single-accountable", "", Centre, "cooperation-agreement=true", open},
	{"centre-ons-10", "", Centre, "offers-ons=false", na},
	{"centre-ons-10", "", Centre, "year=2024; offers-ons=true; ons-specialised=true; ons-patients=10", met},
	{"centre-ons-10", "", Centre, "year=2024; offers-ons=true; ons-specialised=true; ons-patients=9", notMet},
	{"centre-ons-10", "", Centre, "year=2024; offers-ons=true; ons-specialised=false", notMet},

	// Annex 3, for parties to an agreement.
	{"agreement-3-psychology-all", "fbss", "", "", na},
	{"agreement-3-psychology-all", "fbss", "", "agreement-party=true", met},
	{"agreement-3-psychology-all", "fbss", "", "agreement-party=true; team=neurosurgeon|psychiatrist|nurse", notMet},
	{"agreement-5-indications", "fbss", "", "", na},
	{"agreement-5-indications", "fbss", "", "agreement-party=true", met},
	{"agreement-5-indications", "fbss", "", "agreement-party=true; fbss.limb-pain-radicular=no", notMet},
	{"agreement-6a-scs-not-indicated", "fbss", "", "", na},
	{"agreement-6a-scs-not-indicated", "fbss", "", "agreement-party=true; fbss.predominant=back", notMet},
	{"agreement-6a-scs-not-indicated", "fnss", "", "", met},
	{"agreement-6a-scs-not-indicated", "fnss", "", "fnss.spinal-cord-compression=true", notMet},
	{"agreement-6b-intrathecal", "fbss", "", "agreement-party=true; modality=ITDD", notMet},
	{"agreement-6b-intrathecal", "fbss", "", "agreement-party=true", na},
	{"agreement-6c-drg", "fbss", "", "agreement-party=true; modality=DRGS", notMet},
	{"agreement-6c-drg", "crps", "", "agreement-party=true; modality=DRGS", met},
	{"agreement-6c-drg", "crps", "", "agreement-party=true; modality=DRGS; crps.site=upper-limb", notMet},
}

func TestBoundariesOfEveryCriterion(t *testing.T) {
	for _, c := range boundaries {
		t.Run(c.criterion+"/"+c.indication+"/"+c.change, func(t *testing.T) {
			record := but(c.indication, c.change)
			phase := c.phase
			if phase == "" {
				phase = Preparation
			}
			options := Options{Phase: phase, Standpunt: standpunt.NVA2021}
			got, ok := outcomeOf(Judge(record, options), c.indication, c.criterion)
			if !ok {
				t.Fatalf("criterion %s is not in the verdict", c.criterion)
			}
			if got.Outcome != c.want {
				t.Errorf("%s, want %s; missing %v, evidence %v, note %q", got.Outcome, c.want, got.Missing, got.Evidence, got.Note)
			}
			if (got.Outcome == open) != (len(got.Missing) > 0) {
				t.Errorf("outcome %s with missing data %v", got.Outcome, got.Missing)
			}
		})
	}
}

// No judged criterion may lack a boundary case; no entry of the catalogue may be silent.
func TestEveryEntryIsJudgedReportedOrShown(t *testing.T) {
	tried := map[string]bool{"noncovered-phn": true, "noncovered-nerve-injury": true, "noncovered-angina": true, "noncovered-pad": true, "agreement-7-transition": true}
	for _, c := range boundaries {
		tried[c.criterion] = true
	}
	for _, entry := range standpunt.All() {
		facts, treatment, ok := FactsOf(entry.ID)
		if !ok {
			t.Errorf("%s is neither judged, reported nor shown", entry.ID)
		}
		if treatment == Judged && !tried[entry.ID] {
			t.Errorf("%s is judged by %v, but no boundary is tried", entry.ID, facts)
		}
	}
}

package terminology

import "strings"

// medicine is what a name in a product name means.
type medicine struct {
	concepts []Concept
	opioid   bool
	words    string // "name OXYCODON", for Match.Has
	combined string // the same where the product has more than this
}

// medicines are the names we trust, Dutch and INN, by what they mean. Names that are
// also used for something else are not among them. Brand names are not trusted with an
// ingredient; those of opioids only tell that there is one, so that a dose is not taken
// to be complete without it.
var medicines = func() map[string]*medicine {
	m := make(map[string]*medicine)
	for concepts, names := range map[string]string{
		"ingredient-morphine med-opioid":      "MORFINE MORPHINE MORFINESULFAAT MORFINEHYDROCHLORIDE",
		"ingredient-oxycodone med-opioid":     "OXYCODON OXYCODONE OXYCODONHYDROCHLORIDE",
		"ingredient-fentanyl med-opioid":      "FENTANYL FENTANYLCITRAAT",
		"ingredient-buprenorphine med-opioid": "BUPRENORFINE BUPRENORPHINE",
		"ingredient-hydromorphone med-opioid": "HYDROMORFON HYDROMORPHONE HYDROMORFOON",
		"ingredient-tramadol med-opioid":      "TRAMADOL TRAMADOLHYDROCHLORIDE",
		"ingredient-hydrocodone med-opioid":   "HYDROCODON HYDROCODONE",
		"ingredient-tapentadol med-opioid":    "TAPENTADOL",
		"ingredient-methadone med-opioid":     "METHADON METHADONE METHADONHYDROCHLORIDE",
		"ingredient-codeine med-opioid":       "CODEINE CODEINEFOSFAAT",
		"ingredient-pethidine med-opioid":     "PETHIDINE",
		"ingredient-piritramide med-opioid":   "PIRITRAMIDE",
		"ingredient-nicomorphine med-opioid":  "NICOMORFINE NICOMORPHINE",
		"med-opioid": "ABSTRAL ACTIQ BREAKYL BUTRANS DEPRONAL DUROGESIC EFFENTORA INSTANYL MATRIFEN ORAMORPH OXYCONTIN OXYNORM PALEXIA " +
			"PALLADON PECFENT SUBOXONE SUBUTEX SYMORON TARGINACT TEMGESIC TRAMAGETIC TRAMAL TRANSTEC ZALDIAR",
		"ingredient-pregabalin med-a2d":              "PREGABALINE PREGABALIN",
		"ingredient-gabapentin med-a2d":              "GABAPENTINE GABAPENTIN",
		"ingredient-amitriptyline med-tca":           "AMITRIPTYLINE",
		"ingredient-nortriptyline med-tca":           "NORTRIPTYLINE",
		"ingredient-imipramine med-tca":              "IMIPRAMINE",
		"ingredient-clomipramine med-tca":            "CLOMIPRAMINE",
		"ingredient-duloxetine med-snri":             "DULOXETINE",
		"ingredient-venlafaxine med-snri":            "VENLAFAXINE",
		"ingredient-carbamazepine med-carbamazepine": "CARBAMAZEPINE",
		"ingredient-capsaicin med-capsaicin":         "CAPSAICINE CAPSAICIN",
		"ingredient-verapamil med-verapamil":         "VERAPAMIL",
		"ingredient-lithium med-lithium":             "LITHIUM LITHIUMCARBONAAT",
		"ingredient-methysergide med-methysergide":   "METHYSERGIDE",
		"ingredient-topiramate med-topiramate":       "TOPIRAMAAT TOPIRAMATE",
		"med-dmso":                                   "DIMETHYLSULFOXIDE DMSO",
		"med-acetylcysteine":                         "ACETYLCYSTEINE",
		"med-ketamine":                               "KETAMINE",
		"med-spasmolytic":                            "BACLOFEN TIZANIDINE DANTROLEEN DANTROLENE",
		"med-anticoagulant":                          "ACENOCOUMAROL FENPROCOUMON WARFARINE APIXABAN RIVAROXABAN EDOXABAN DABIGATRAN DALTEPARINE ENOXAPARINE NADROPARINE TINZAPARINE FONDAPARINUX",
		"med-anticoagulant med-antiplatelet":         "ACETYLSALICYLZUUR CARBASALAATCALCIUM CLOPIDOGREL DIPYRIDAMOL PRASUGREL TICAGRELOR",
	} {
		var meaning []Concept
		for c := range strings.FieldsSeq(concepts) {
			meaning = append(meaning, Concept(c))
		}
		for name := range strings.FieldsSeq(names) {
			m[name] = &medicine{concepts: meaning, opioid: strings.Contains(concepts, "med-opioid"),
				words: "name " + name, combined: "name " + name + " in a combination"}
		}
	}
	return m
}()

// opioidCombination is what an opioid with another ingredient means by its name.
var opioidCombination = []Concept{"med-opioid", "med-opioid-combination"}

// The other words that decide what a product name means.
const (
	plainWord wordKind = iota
	denies             // no such medicine, or not for this use
	joins              // another ingredient follows
	partner            // another ingredient
	release            // what "MET" introduces besides an ingredient
	unitWord
)

type wordKind uint8

var wordKinds = func() map[string]wordKind {
	m := make(map[string]wordKind)
	for kind, words := range map[wordKind]string{
		denies: "GEEN NIET NOOIT ZONDER STOP STOPT STOPPEN GESTOPT GESTAAKT VOORHEEN ALLERGIE ALLERGISCH INTOLERANTIE OVERGEVOELIG " +
			"OVERGEVOELIGHEID TEGEN ANTI NO NOT NEVER WITHOUT STOPPED ALLERGY ALLERGIC INTOLERANCE OOGDRUPPELS BLAASSPOELING BLAASSPOELVLOEISTOF",
		joins:    "EN MET AND WITH COMBI COMBINATIE COMP CUM",
		partner:  "NALOXON NALOXONE NALTREXON PARACETAMOL ACETAMINOPHEN IBUPROFEN DICLOFENAC DEXKETOPROFEN CELECOXIB COFFEINE COF PERFENAZINE DROPERIDOL",
		release:  "GEREGULEERDE VERLENGDE VERTRAAGDE",
		unitWord: "MG G UG MCG ML L UUR DOSIS DO IE MICROGRAM MILLIGRAM GRAM STUK",
	} {
		for word := range strings.FieldsSeq(words) {
			m[word] = kind
		}
	}
	return m
}()

// route is a way of giving that a word in a product name tells.
type route struct {
	concepts  []Concept
	words     string
	swallowed bool
}

var routes = func() map[string]*route {
	m := make(map[string]*route)
	for concept, words := range map[Concept]string{
		"route-transdermal": "PLEISTER",
		"route-sublingual":  "SUBLINGUAAL SUBLINGUALE SUBL",
		"route-buccal":      "BUCCAAL BUCCALE BUCCAALTABLET",
		"route-rectal":      "ZETPIL ZETPILLEN",
		"route-nasal":       "NEUSSPRAY",
		"route-parenteral":  "INJVLST INFVLST INJECTIEVLOEISTOF INFUSIEVLOEISTOF",
		"route-oral":        "TABLET TABL TAB CAPSULE CAPS DRANK STROOP",
	} {
		for word := range strings.FieldsSeq(words) {
			m[word] = &route{concepts: []Concept{concept}, words: "name " + word, swallowed: concept == "route-oral"}
		}
	}
	return m
}()

// notSwallowed are opioids whose tablets dissolve in the mouth: "TABLET" says nothing.
var notSwallowed = []Concept{"ingredient-fentanyl", "ingredient-buprenorphine"}

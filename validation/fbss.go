package validation

// fbss judges the part of chapter 2 on failed back surgery syndrome (SCS).
var fbss = Rules{
	{ID: "fbss-definition", Test: Limit{"fbss.spine-surgeries", AtLeast, 1}},
	{ID: "fbss-pain-predominant", Test: legPredominates},
	{ID: "fbss-incl-radicular-leg-pain", Test: All{
		Coded{Fact: "fbss.limb-pain-radicular", Yes: []string{"yes"}, No: []string{"no"}},
		suspected("fbss", "neuropathic", "nociplastic")}},
	{ID: "fbss-incl-surgery", Test: Limit{"fbss.spine-surgeries", AtLeast, 1}},
	{ID: "fbss-incl-surgically-untreatable", Test: Stated{"fbss.surgically-untreatable"}},
	conservative("fbss", "cons-exercise", "cons-nociceptive", "cons-coanalgesic", "cons-biopsychosocial"),
	always("fbss", "cons-exercise"),
	triggered("fbss", "cons-nociceptive", suspected("fbss", "nociceptive")),
	coanalgesics("fbss", gabapentinoidAndAntidepressant("fbss")),
	considered("fbss", "cons-biopsychosocial"),
	invasive("fbss", "minv-scar-injection", "minv-prf"),
	considered("fbss", "minv-scar-injection"),
	considered("fbss", "minv-prf", suspected("fbss", "neuropathic", "nociplastic")),
	{ID: "fbss-no-additional"},
}

// legPredominates: the clinician's word, else leg scores above back scores (reading A04).
var legPredominates = Reading{ID: "A04",
	Default: Coded{Fact: "fbss.predominant", Yes: []string{"leg", "lower-limb"}, No: []string{"back", "arm", "neck", "upper-limb"}},
	Other: map[string]Test{
		"leg-at-least-back": Coded{Fact: "fbss.predominant", Yes: []string{"leg", "lower-limb", "equal"}, No: []string{"back", "arm", "neck", "upper-limb"}},
		"leg-and-back":      Coded{Fact: "fbss.predominant", Yes: []string{"leg", "lower-limb", "equal", "back"}, No: []string{"arm", "neck", "upper-limb"}},
	},
}

package validation

// fnss judges the part of chapter 2 on failed neck surgery syndrome (SCS).
var fnss = Rules{
	{ID: "fnss-definition", Test: Reading{ID: "A17", Default: Limit{"fnss.spine-surgeries", AtLeast, 1}}},
	{ID: "fnss-pain-predominant", Test: armPredominates},
	{ID: "fnss-incl-radicular-arm-pain", Test: radicularArmPain},
	conservative("fnss", "cons-exercise", "cons-nociceptive", "cons-coanalgesic", "cons-biopsychosocial"),
	always("fnss", "cons-exercise"),
	triggered("fnss", "cons-nociceptive", suspected("fnss", "nociceptive")),
	coanalgesics("fnss", gabapentinoidAndAntidepressant("fnss")),
	considered("fnss", "cons-biopsychosocial"),
	invasive("fnss", "minv-scar-injection", "minv-prf"),
	considered("fnss", "minv-scar-injection"),
	considered("fnss", "minv-prf", suspected("fnss", "neuropathic", "nociplastic")),
	{ID: "fnss-no-additional"},
}

var (
	armPredominates  = Coded{Fact: "fnss.predominant", Yes: []string{"arm", "upper-limb"}, No: []string{"neck", "back", "leg", "lower-limb"}}
	radicularArmPain = All{
		Coded{Fact: "fnss.limb-pain-radicular", Yes: []string{"yes"}, No: []string{"no"}},
		suspected("fnss", "neuropathic", "nociplastic")}
)

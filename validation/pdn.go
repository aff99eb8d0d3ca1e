package validation

import "github.com/pijnpoort/pijnpoort/validation/kleene"

// pdn judges the part of chapter 2 on painful diabetic polyneuropathy (SCS).
var pdn = Rules{
	{ID: "pdn-definition"},
	{ID: "pdn-incl-lower-limb", Test: Stated{"pdn.lower-limb-pain"}},
	{ID: "pdn-incl-diagnosed-by", Test: Coded{Fact: "pdn.diagnosed-by", Yes: []string{"neurologist", "internist"}, No: []string{"general-practitioner", "other"}},
		Do: note{"Laat de diagnose bevestigen door een neuroloog of internist", "Have the diagnosis confirmed by a neurologist or internist"}},
	conservative("pdn", "cons-exercise", "cons-nociceptive", "cons-coanalgesic", "cons-biopsychosocial"),
	always("pdn", "cons-exercise"),
	triggered("pdn", "cons-nociceptive", suspected("pdn", "nociceptive")),
	coanalgesics("pdn", Reading{ID: "A10",
		Default: FirstLineFirst{"pdn", snris, [][]string{tricyclics, antiepileptics, thirdLine}},
		Other: map[string]Test{
			"all-lines":   All{Class{"pdn", snris}, Some{Class{"pdn", tricyclics}, Class{"pdn", antiepileptics}}, Class{"pdn", thirdLine}},
			"any-drug":    Some{Class{"pdn", snris}, Class{"pdn", tricyclics}, Class{"pdn", antiepileptics}, Class{"pdn", thirdLine}},
			"minimum-two": All{Class{"pdn", snris}, AtLeastTwo{"pdn"}},
		}}),
	considered("pdn", "cons-biopsychosocial"),
	invasive("pdn", "minv-tens", "minv-sympathetic-block"),
	considered("pdn", "minv-tens"),
	considered("pdn", "minv-sympathetic-block"),
	{ID: "pdn-no-additional"},
}

// FirstLineFirst is true when a co-analgesic of the first line was considered; it
// warns while later lines were not.
type FirstLineFirst struct {
	Indication string
	First      []string
	Later      [][]string
}

func (t FirstLineFirst) eval(j *judge) finding {
	f := Class{t.Indication, t.First}.eval(j)
	if f.truth != kleene.True {
		return f
	}
	for _, line := range t.Later {
		if (Class{t.Indication, line}).eval(j).truth != kleene.True {
			f.note = noteLaterLines
			f.flags = []string{"warning:" + t.Indication + "-cons-coanalgesic"}
			break
		}
	}
	return f
}

package validation

import (
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// sfn judges the part of chapter 2 on small fibre neuropathy (SCS).
var sfn = Rules{
	{ID: "sfn-definition"},
	{ID: "sfn-incl-neurologist", Test: Coded{Fact: "sfn.diagnosed-by", Yes: []string{"neurologist"}, No: []string{"internist", "general-practitioner", "other"}},
		Do: note{"Laat de diagnose stellen door een neuroloog", "Have the diagnosis made by a neurologist"}},
	{ID: "sfn-incl-limb-pain", Test: All{Stated{"sfn.limb-predominant"}, PainThreshold{Window: "limb", Prefix: "sfn.limb", Is: AtLeast, NRS: 5, VAS: 50}}},
	conservative("sfn", "cons-exercise", "cons-coanalgesic", "cons-biopsychosocial"),
	always("sfn", "cons-exercise"),
	coanalgesics("sfn", Reading{ID: "A05",
		Default: All{Class{"sfn", snris}, Some{Class{"sfn", tricyclics}, Class{"sfn", alpha2DeltaLigands}}},
		Other:   map[string]Test{"pair-or-last": All{Some{All{Class{"sfn", snris}, Class{"sfn", tricyclics}}, Class{"sfn", alpha2DeltaLigands}}, AtLeastTwo{"sfn"}}}}),
	always("sfn", "cons-capsaicin"),
	considered("sfn", "cons-biopsychosocial"),
	{ID: "sfn-excl-pain-elsewhere", Test: HardlyAny{Reading{ID: "A00",
		Default: PainThreshold{Window: "elsewhere", Prefix: "sfn.elsewhere", Is: AtMost, NRS: 4, VAS: 40, Both: true},
		Other: map[string]Test{
			"literal":      Agreeing{Limit{"sfn.elsewhere-nrs", AtMost, 4}, Limit{"sfn.elsewhere-vas", AtLeast, 40}},
			"vas-below-40": Agreeing{Limit{"sfn.elsewhere-nrs", AtMost, 4}, Limit{"sfn.elsewhere-vas", LessThan, 40}},
		}}}},
	{ID: "sfn-no-additional"},
}

// HardlyAny is its test, with the remark that the text it rests on has a sign reversed.
type HardlyAny struct{ Test Test }

func (t HardlyAny) eval(j *judge) finding {
	f := t.Test.eval(j)
	f.flags = append(f.flags, "text-anomaly:sfn-vas-40")
	if f.truth != kleene.Unknown && len(j.fact("sfn.elsewhere-vas").Values) > 0 {
		f.note = noteSignReversed
	}
	return f
}

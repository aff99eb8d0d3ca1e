package validation

// cch judges the part of chapter 2 on medically intractable chronic cluster headache (ONS).
var cch = Rules{
	{ID: "cch-diagnosis-basis", Test: All{byNeurologist,
		Coded{Fact: "cch.ichd3", Yes: []string{"chronic-cluster", "episodic-cluster"}, No: []string{"other"}}}},
	{ID: "cch-refractory-definition", Test: refractory,
		Do: note{"Behandel eerst met verapamil, lithium en een van de drie andere middelen, of leg vast waarom dat niet kan", "Treat with verapamil, lithium and one of the three other drugs first, or record why that is impossible"}},
	{ID: "cch-incl-ichd3", Test: All{byNeurologist, chronicCluster}},
	{ID: "cch-incl-attack-frequency", Test: Limit{"cch.attacks-per-week", AtLeast, 4}},
	{ID: "cch-incl-mri-4-years", Test: All{Since{"cch.mri-date", 4}, Not{Stated{"cch.mri-pathology"}}},
		Do: note{"Maak een nieuwe MRI", "Make a new MRI"}},
	conservative("cch", "cons-drugs", "cons-biopsychosocial"),
	{ID: "cch-cons-drugs", Test: All{drugConsidered("verapamil"), drugConsidered("lithium"),
		Some{drugConsidered("methysergide"), drugConsidered("topiramate"), drugConsidered("gabapentin")}},
		Do: note{"Overweeg de genoemde middelen, of leg vast waarom die niet in aanmerking komen", "Consider the drugs named, or record why they are not an option"}},
	considered("cch", "cons-biopsychosocial"),
	{ID: "cch-excl-medication-overuse", Test: absentUnlessStated("cch.medication-overuse"),
		Do: note{"Behandel eerst het overgebruik van hoofdpijnmedicatie", "Treat the overuse of headache medication first"}},
	{ID: "cch-excl-vascular-lesion", Test: absentUnlessStated("cch.vascular-lesion")},
	{ID: "cch-excl-c2c3-surgery", Test: absentUnlessStated("cch.c2c3-surgery")},
	{ID: "cch-no-additional"},
}

var (
	byNeurologist  = Coded{Fact: "cch.diagnosed-by", Yes: []string{"neurologist"}, No: []string{"internist", "general-practitioner", "other"}}
	chronicCluster = Coded{Fact: "cch.ichd3", Yes: []string{"chronic-cluster"}, No: []string{"episodic-cluster", "other"}}

	refractory = All{drugFailed("verapamil"), drugFailed("lithium"),
		Some{drugFailed("methysergide"), drugFailed("topiramate"), drugFailed("gabapentin")}}
)

// drugFailed: no effect or not tolerated; a documented contra-indication is
// accepted with a remark (reading A22).
func drugFailed(drug string) Test {
	fact := "cch.drug-outcome." + drug
	return Reading{ID: "A22",
		Default: Remark{
			Test: Coded{Fact: fact, Yes: []string{"failed", "intolerance", "contraindicated"}, No: []string{"effective", "never-given"}},
			When: Has{fact, []string{"intolerance", "contraindicated"}},
			Note: noteContraAccept, Flags: []string{"note:cch-refractory-definition:" + drug}},
		Other: map[string]Test{"strict-failure": Coded{Fact: fact, Yes: []string{"failed"}, No: []string{"effective", "never-given", "intolerance", "contraindicated"}}},
	}
}

func drugConsidered(drug string) Test {
	return Coded{Fact: "cch.drug-outcome." + drug, Yes: []string{"failed", "intolerance", "contraindicated"}, No: []string{"effective", "never-given"}}
}

package centre

import "slices"

// Subjects gathers who are counted in the figures of one Measure, for those inside the
// centre who ask who these are. Set Measure, give it to Compute in Options, and read it
// afterwards.
type Subjects struct {
	Measure string // id
	figures map[string][]Subject
}

// Subject is a patient who plays a part in a figure: each once, whatever is counted of him.
// He can have several parts, with several procedures for example.
type Subject struct {
	Patient string // as in Patient.ID
	// Numerator: counted in it, or of a rate with an event. Denominator: counted in that
	// alone. Missing and Excluded: in neither, as Value has it.
	Numerator, Denominator, Missing, Excluded bool
}

// counted reports whether the patient is in the denominator, the numerator included.
func (s Subject) counted() bool { return s.Numerator || s.Denominator }

// Of are the subjects of a figure, in the order of the stream.
func (s *Subjects) Of(figure string) []Subject { return s.figures[figure] }

// All are the patients of all figures, each once, in order.
func (s *Subjects) All() []string {
	var list []string
	for _, figure := range s.figures {
		for _, one := range figure {
			list = append(list, one.Patient)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// note takes in an observation of a patient; those of one patient come after each other.
func (s *Subjects) note(figure, patient string, o observation) {
	if s.figures == nil {
		s.figures = map[string][]Subject{}
	}
	list := s.figures[figure]
	if n := len(list); n == 0 || list[n-1].Patient != patient {
		list = append(list, Subject{Patient: patient})
	}
	last := &list[len(list)-1]
	switch {
	case o.class == numerator || o.events > 0:
		last.Numerator = true
	case o.class == denominator:
		last.Denominator = true
	case o.class == missing:
		last.Missing = true
	case o.class == excluded:
		last.Excluded = true
	}
	s.figures[figure] = list
}

// parts say who is in a population, by its code.
var parts = map[string]func(Subject) bool{
	"initial-population":           func(Subject) bool { return true },
	"denominator":                  Subject.counted,
	"measure-population":           Subject.counted,
	"numerator":                    func(s Subject) bool { return s.Numerator },
	"denominator-exclusion":        func(s Subject) bool { return s.Missing || s.Excluded },
	"measure-population-exclusion": func(s Subject) bool { return s.Missing || s.Excluded },
}

// in are the patients of a population of a figure. The one population of a count is of
// those who count.
func (s *Subjects) in(f *Figure, population string) []string {
	part := parts[population]
	if f.Kind == Count {
		part = parts["numerator"]
	}
	list := []string{}
	for _, one := range s.figures[f.ID] {
		if part(one) {
			list = append(list, one.Patient)
		}
	}
	return list
}

package registration

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/procedure"
)

// AllKinds are the kinds of procedures that can be told, in the order of their constants.
var AllKinds = []ProcedureKind{Trial, Implant, Generator, Revision, Replacement, Explant}

// done is what was done in one procedure: usually one thing, told more or less exactly.
type done [][]ProcedureKind

// say adds what one code says. Codes of one procedure that can mean the same narrow
// each other; those that cannot were done side by side.
func (d done) say(kinds []ProcedureKind) done {
	for i := range d {
		if both := common(d[i], kinds); len(both) > 0 {
			d[i] = both
			return d
		}
	}
	return append(d, slices.Clone(kinds))
}

// narrow lets a hint decide between kinds, and add none.
func (d done) narrow(kinds []ProcedureKind) {
	for i := range d {
		if both := common(d[i], kinds); len(both) > 0 {
			d[i] = both
		}
	}
}

// join makes an electrode, for what is not told, and the first generator, placed in one
// procedure, an implantation. A trial with a generator stays both.
func (d done) join() done {
	electrode := slices.IndexFunc(d, func(k []ProcedureKind) bool { return slices.Contains(k, Implant) })
	generator := slices.IndexFunc(d, func(k []ProcedureKind) bool { return slices.Contains(k, Generator) })
	if electrode < 0 || generator < 0 || electrode == generator {
		return d
	}
	d[electrode] = []ProcedureKind{Implant}
	return slices.Delete(d, generator, generator+1)
}

// common are the kinds in both, in their order.
func common(a, b []ProcedureKind) []ProcedureKind {
	var both []ProcedureKind
	for _, k := range a {
		if slices.Contains(b, k) {
			both = append(both, k)
		}
	}
	return both
}

// said is what the codes of a procedure say was done; named is whether our own code
// for a kind that is not told stands there.
func (r *reader) said(p *fhir.Procedure) (what done, modality string, named bool) {
	_, named = own(p)
	modalities := ownModality(p)
	for _, c := range r.concepts(p.Code) {
		modalities = append(modalities, procedure.Sayings[c].Modality)
	}
	if what = r.alone(p); len(what) > 0 {
		what = r.withParts(p, what).join()
	}
	for _, hint := range r.hints(p) {
		if s, ok := procedure.Sayings[hint]; ok {
			if len(what) > 0 {
				modalities = append(modalities, s.Modality)
			}
			what.narrow(s.Kinds)
		}
	}
	modalities = slices.DeleteFunc(modalities, func(m string) bool { return m == "" })
	slices.Sort(modalities)
	switch modalities = slices.Compact(modalities); len(modalities) {
	case 0:
	case 1:
		modality = modalities[0]
	default:
		r.drop(p, "code", "its codes name several modalities: none is taken")
	}
	return what, modality, named
}

// own is the kind in our own codes, as our bundles have it.
func own(p *fhir.Procedure) (what done, named bool) {
	if p.Category == nil {
		return nil, false
	}
	for _, c := range p.Category.Coding {
		kind := ProcedureKind(c.Code)
		switch {
		case c.System != ProcedureKindSystem:
		case slices.Contains(AllKinds, kind):
			what = what.say([]ProcedureKind{kind})
		case kind == Unspecified:
			named = true
		}
	}
	var possible []ProcedureKind
	for _, x := range p.Extension {
		if kind := ProcedureKind(x.Code); x.URL == fhir.PossibleKind && slices.Contains(AllKinds, kind) && !slices.Contains(possible, kind) {
			possible = append(possible, kind)
		}
	}
	if named && len(what) == 0 && len(possible) > 0 {
		what = done{common(AllKinds, possible)}
	}
	return what, named
}

// ownModality is the modality in our own extension.
func ownModality(p *fhir.Procedure) []string {
	x := fhir.Find(p.Extension, fhir.Modality)
	if x == nil {
		return nil
	}
	code := x.Code
	if x.Coding != nil {
		code = x.Coding.Code
	}
	if !slices.Contains([]string{"SCS", "DRG", "ONS"}, code) {
		return nil
	}
	return []string{code}
}

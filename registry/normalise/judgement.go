package normalise

import (
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation"
)

// Judgements are a verdict as a registration holds it: one for what stands above the
// indications, and one for each indication and modality. A later verdict in the same phase
// takes their place.
func Judgements(v *validation.Verdict) []registration.Judgement {
	if v.Standpunt == "" {
		return nil // no version was in force, so there is nothing that judged
	}
	general := judgement(v, "", "")
	general.Verdict, general.Outcomes = string(v.Verdict), outcomes(v.Criteria)
	for _, m := range v.Missing {
		general.Missing = append(general.Missing, m.Fact)
	}
	list := []registration.Judgement{general}
	for i := range v.Indications {
		on := &v.Indications[i]
		one := judgement(v, on.Indication, modality(on.Modality))
		one.Verdict, one.Outcomes = string(on.Verdict), outcomes(on.Criteria)
		list = append(list, one)
	}
	return list
}

func judgement(v *validation.Verdict, indication, modality string) registration.Judgement {
	key := "derived/judgement/" + v.Standpunt + "/" + string(v.Phase) + "/" + indication + "/" + modality
	return registration.Judgement{
		Origin:    registration.Origin{Key: key},
		Standpunt: v.Standpunt, AsOf: v.AsOf.String(), Phase: string(v.Phase), Indication: indication, Modality: modality,
	}
}

// modality is that of CodeSystem modality; in requests DRG has an S.
func modality(requested string) string {
	if requested == "DRGS" {
		return "DRG"
	}
	return requested
}

func outcomes(criteria []validation.Criterion) []registration.Outcome {
	list := make([]registration.Outcome, len(criteria))
	for i := range criteria {
		list[i] = registration.Outcome{Criterion: criteria[i].ID, Outcome: criteria[i].Outcome.String()}
	}
	return list
}

// judgements makes the GuidanceResponses: verdict, outcomes and what was missing.
func (b *builder) judgements() error {
	for i := range b.registration.Judgements {
		item := &b.registration.Judgements[i]
		at := place{"judgements", i}
		if !isOwn("standpunt", item.Standpunt) {
			b.leave(at, "standpunt", "not a version of the standpunt")
			continue
		}
		e, err := b.add(judgementProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		out := encode.GuidanceResponse{Module: mapping.CanonicalBase + "/PlanDefinition/standpunt-" + item.Standpunt, Status: "success"}
		if validation.Conclusion(item.Verdict) == validation.NeedsData {
			out.Status = "data-required"
		}
		var indications []*Entry
		if e.Retracted {
			out.Status = enteredInError
		} else {
			out.Occurrence = b.date(at, "asOf", item.AsOf)
			out.Extensions = b.judged(at, item)
			indications = b.judgedIndications(item.Indication)
		}
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.Head, out.Subject, out.Because = head, link(b.patient), links(link, indications)
			return &out
		}
	}
	return nil
}

// judged are the extensions of a judgement.
func (b *builder) judged(at place, item *registration.Judgement) []encode.Extension {
	list := b.extension(at, "verdict", "verdict", item.Verdict)
	list = append(list, b.extension(at, "phase", "phase", item.Phase)...)
	list = append(list, b.extension(at, "modality", "modality", item.Modality)...)
	for _, o := range item.Outcomes {
		criterion, outcome := b.coded(at, "outcomes", "criterion", o.Criterion), b.coded(at, "outcomes", "outcome", o.Outcome)
		if len(criterion.Codings) > 0 && len(outcome.Codings) > 0 {
			list = append(list, encode.Extension{URL: extensionURL("criterion-outcome"),
				Parts: []encode.Extension{{URL: "criterion", Code: o.Criterion}, {URL: "outcome", Code: o.Outcome}}})
		}
	}
	for _, fact := range item.Missing {
		list = append(list, b.extension(at, "missing-fact", "fact", fact)...)
	}
	return list
}

// judgedIndications are the entries of the Conditions that a judgement is about.
func (b *builder) judgedIndications(code string) []*Entry {
	var keys []string
	for i := range b.registration.Indications {
		if item := &b.registration.Indications[i]; code != "" && item.Code == code && !item.Retracted {
			keys = append(keys, item.Key)
		}
	}
	return b.find("indications", keys...)
}

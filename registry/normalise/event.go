package normalise

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

const seriousness = "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness"

// complications makes the AdverseEvents.
func (b *builder) complications() error {
	for i := range b.registration.Complications {
		item := &b.registration.Complications[i]
		at := place{"complications", i}
		e, err := b.add(adverseEventProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		out := encode.AdverseEvent{Event: b.coded(at, "kind", "complication", item.Kind)}
		var suspects []*Entry
		if !e.Retracted {
			b.happened(item.Date)
			out.Event = beside(out.Event, b.codings(at, item.Codings))
			out.Date = b.date(at, "date", item.Date)
			if item.Serious != nil {
				code := "Non-serious"
				if *item.Serious {
					code = "Serious"
				}
				out.Seriousness = encode.Concept{Codings: []encode.Coding{{System: seriousness, Code: code}}}
			}
			suspects = b.find("devices", item.Device)
		}
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.Head, out.Subject, out.Suspect = head, link(b.patient), links(link, suspects)
			return &out
		}
	}
	return nil
}

// dearest is more than any care of one patient costs, in any currency we meet.
const dearest = 10_000_000

// costs makes the ChargeItems.
func (b *builder) costs() error {
	for i := range b.registration.Costs {
		item := &b.registration.Costs[i]
		at := place{"costs", i}
		e, err := b.add(costProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		out := encode.ChargeItem{Status: status(e, "billable", "billable"), Code: b.coded(at, "kind", "cost-kind", item.Kind)}
		if len(out.Code.Codings) == 0 {
			out.Code = unknownConcept
		}
		if !e.Retracted {
			b.happened(item.Date)
			out.Occurrence = b.date(at, "date", item.Date)
			amount, ok := b.number(at, "amount", item.Amount, big.NewRat(-dearest, 1), big.NewRat(dearest, 1))
			switch {
			case ok && currency(item.Currency):
				out.Amount, out.Currency = amount, item.Currency
			case ok:
				b.leave(at, "currency", "not a currency of ISO 4217, so the amount means nothing")
			}
		}
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.Head, out.Subject = head, link(b.patient)
			return &out
		}
	}
	return nil
}

var currency = matches(`^[A-Z]{3}$`)

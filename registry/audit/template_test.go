package audit

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// What is made from a template is what the encoder makes, byte for byte.
func TestTemplatesEncodeAsTheEncoderDoes(t *testing.T) {
	var made templates
	text := rapid.StringMatching(`[A-Za-z0-9 "\\<>&/é€:|.-]{0,20}[a-z]`)
	perhaps := rapid.OneOf(rapid.Just(""), text)
	party := rapid.Custom(func(t *rapid.T) Party {
		return Party{System: UserSystem, Value: text.Draw(t, "value"), Human: rapid.Bool().Draw(t, "human"),
			Address: rapid.SampledFrom([]string{"", "10.0.0.7", "fe80::1", "ehr.example", "https://ehr.example/x"}).Draw(t, "address")}
	})
	rapid.Check(t, func(t *rapid.T) {
		event := Event{
			Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind"), Patient: perhaps.Draw(t, "patient"), Trace: perhaps.Draw(t, "trace"),
			Agent: party.Draw(t, "agent"), Recipient: party.Draw(t, "recipient"),
			Outcome: rapid.SampledFrom([]Outcome{"", Success, Minor, Serious}).Draw(t, "outcome"),
		}
		if rapid.Bool().Draw(t, "for somebody") {
			event.User = party.Draw(t, "user")
		}
		for range rapid.IntRange(0, 2).Draw(t, "objects") {
			o := Object{Kind: rapid.SampledFrom([]string{"", "Bundle"}).Draw(t, "type"), System: ServiceSystem, Value: text.Draw(t, "service")}
			for range rapid.IntRange(0, 2).Draw(t, "details") {
				o.Details = append(o.Details, Detail{rapid.SampledFrom([]string{"hook", "status"}).Draw(t, "name"), text.Draw(t, "detail")})
			}
			event.Objects = append(event.Objects, o)
		}
		at := time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "at")).UTC()
		l := Log{Site: "Voorbeeld", Software: "pijnpoort|1", Host: "node1"}
		resource := l.resource(event, forms[event.Kind], at)
		want, err := encode.JSON(resource)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // made, and then known
			if got, err := made.render(resource); err != nil || got != string(want) {
				t.Fatalf("%v\ngot  %s\nwant %s", err, got, want)
			}
		}
	})
}

// However many forms there are, not more are remembered than there is room for.
func TestTemplatesAreBounded(t *testing.T) {
	made := templates{made: map[string]*template{}}
	for i := range mostTemplates {
		made.made[string(rune(i))] = nil
	}
	l := Log{Software: "x", Host: "y"}
	if _, err := made.render(l.resource(Event{Kind: Reported}, forms[Reported], time.Now())); err != nil || len(made.made) != mostTemplates {
		t.Errorf("%d, %v", len(made.made), err)
	}
}

// BenchmarkEvent: an event of a form that is known.
func BenchmarkEvent(b *testing.B) {
	l := Log{Site: "Voorbeeld", Software: "pijnpoort|1", Host: "node1"}
	event := Event{Kind: Advised, Patient: "p0", Agent: Party{System: UserSystem, Value: "https://ehr.example/", Address: "10.0.0.7"},
		User: Party{System: UserSystem, Value: "Practitioner/1"}, Objects: []Object{{System: ServiceSystem, Value: "s", Details: []Detail{{"hook", "order-sign"}}}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.row(event, time.Now()); err != nil {
			b.Fatal(err)
		}
	}
}

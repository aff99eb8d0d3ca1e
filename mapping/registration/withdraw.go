package registration

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

// Withdraw adds to what a chart was registered as (sent, by Of) what it takes back of
// what was known: items of a resource that came along in a strictly later version and
// no longer gives them, as when a code was put right. They are added Retracted, with
// that version. Measurements and the team depend on more than one resource and are
// never taken back so. Neither registration changes.
func Withdraw(known, sent *Registration, chart *fhir.Chart) *Registration {
	r := newReader(chart, new(mapping.Record), new(prom.Result), Options{})
	versions := make(map[string]Origin)
	for _, x := range chart.Resources {
		meta := x.Head().Meta
		o := Origin{Key: r.key(x), Version: meta.VersionID, Updated: meta.LastUpdated.Text}
		if other, ok := versions[o.Key]; o.Key != "" && (!ok || o.Compare(&other) > 0) {
			versions[o.Key] = o
		}
	}
	out := new(Registration)
	for _, l := range lists {
		l.withdraw(out, known, sent, versions)
	}
	out.Patient = sent.Patient
	return out
}

// kept are the kinds of items that no single resource decides.
var kept = map[string]bool{"measurements": true, "team": true, "judgements": true}

// withdrawn are the items of known that resources in later versions no longer give.
func withdrawn[T any, P item[T]](known, sent []T, versions map[string]Origin) []T {
	given := make(map[string]bool, len(sent))
	for i := range sent {
		given[P(&sent[i]).origin().Key] = true
	}
	var list []T
	for i := range known {
		o := P(&known[i]).origin()
		now, came := versions[o.Key]
		if !came {
			base, _, _ := strings.Cut(o.Key, "#")
			now, came = versions[base]
		}
		if !came || given[o.Key] || o.Retracted || now.Compare(o) <= 0 {
			continue
		}
		one := known[i]
		from := P(&one).origin()
		from.Retracted, from.Version, from.Updated = true, now.Version, now.Updated
		list = append(list, one)
	}
	return list
}

package validation

import (
	"encoding/json"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
)

func TestSmoke(t *testing.T) {
	r := &mapping.Record{AsOf: mapping.NewDay(2025, 6, 16)}
	r.AddIndication("fbss", "")
	r.Add("birth-date", mapping.DateValue(mapping.OnDay(mapping.NewDay(1970, 3, 10))))
	v := Judge(r, Options{})
	w := WouldChange(r, Options{}, v)
	v.WouldChange = w
	b, _ := json.MarshalIndent(v, "", " ")
	t.Log(string(b))
}

func BenchmarkJudge(b *testing.B) {
	r := &mapping.Record{AsOf: mapping.NewDay(2025, 6, 16)}
	r.AddIndication("fbss", "")
	r.Add("birth-date", mapping.DateValue(mapping.OnDay(mapping.NewDay(1970, 3, 10))))
	b.ReportAllocs()
	for b.Loop() {
		Judge(r, Options{})
	}
}
func BenchmarkChange(b *testing.B) {
	r := &mapping.Record{AsOf: mapping.NewDay(2025, 6, 16)}
	r.AddIndication("fbss", "")
	r.Add("birth-date", mapping.DateValue(mapping.OnDay(mapping.NewDay(1970, 3, 10))))
	v := Judge(r, Options{})
	b.ReportAllocs()
	for b.Loop() {
		WouldChange(r, Options{}, v)
	}
}

package decode_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// Input of a megabyte or so that is made to be costly must not take much longer
// than any other. The bound is wide: what grows with the square of the input
// takes minutes here.
func TestCostlyInputStaysCheap(t *testing.T) {
	repeat := func(n int, write func(i int) string) string {
		var parts []string
		for i := range n {
			parts = append(parts, write(i))
		}
		return strings.Join(parts, ",")
	}
	xmlRepeat := func(n int, write func(i int) string) string { return strings.ReplaceAll(repeat(n, write), ",", "") }
	for name, document := range map[string]string{
		"names":             condition(repeat(100_000, func(i int) string { return fmt.Sprintf(`"n%d":1`, i) })),
		"names twice":       condition(repeat(100_000, func(int) string { return `"n":1` })),
		"padded lists":      condition(repeat(100_000, func(i int) string { return fmt.Sprintf(`"n%d":[null]`, i) })),
		"padding":           condition(`"given":[` + repeat(200_000, func(int) string { return "null" }) + `]`),
		"case variants":     condition(repeat(100_000, func(i int) string { return fmt.Sprintf(`"CODE%d":1`, i) })),
		"dates":             `{"resourceType":"MedicationStatement","dosage":[{"timing":{"event":[` + repeat(300_000, func(int) string { return `"x"` }) + `]}}]}`,
		"type last":         strings.Repeat(`{"entry":[{"resource":`, 15) + bundleOf(condition(`"onsetString":"`+strings.Repeat("x", 1<<20)+`"`)) + strings.Repeat(`}],"resourceType":"Bundle"}`, 15),
		"extensions":        condition(`"extension":` + strings.Repeat(`[{"extension":`, 25) + `[{"valueString":"` + strings.Repeat("x", 1<<20) + `"}]` + strings.Repeat(`,"url":"`+"http://hl7.org/fhir/StructureDefinition/ordinalValue"+`"}]`, 25)),
		"entries":           bundleOf(slices.Repeat([]string{condition(`"onsetDateTime":"x"`), condition(`"code":1`)}, 4_500)...),
		"XML, elements":     xmlBundle(xmlCondition(xmlRepeat(100_000, func(i int) string { return fmt.Sprintf(`<n%d/>`, i) }))),
		"XML, padded lists": xmlBundle(`<Condition><meta>` + strings.Repeat(`<profile/>`, 100_000) + `</meta></Condition>`),
		"XML, attributes":   xmlBundle(`<Condition` + xmlRepeat(50_000, func(i int) string { return fmt.Sprintf(` n%d="x"`, i) }) + `/>`),
		"XML, namespaces":   xmlBundle(`<Condition` + xmlRepeat(50_000, func(i int) string { return fmt.Sprintf(` xmlns:n%d="x"`, i) }) + `/>`),
		"XML, siblings":     xmlBundle(xmlCondition(strings.Repeat(`<onsetString><extension><valueString>`, 15) + strings.Repeat(`<extension/>`, 50_000) + strings.Repeat(`</valueString></extension></onsetString>`, 15))),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := decode.Bundle("", []byte(document), decode.Limits{})
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d bytes took %v", len(document), took)
			}
			t.Logf("%d bytes, %v: %v", len(document), time.Since(start), err)
		})
	}
}

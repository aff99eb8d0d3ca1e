package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var codings = tableOf([]element[fhir.Coding]{
	{name: "system", read: func(r *reader, c *fhir.Coding) { r.uri(&c.System) }},
	{name: "version", read: func(r *reader, c *fhir.Coding) { r.string(&c.Version) }},
	{name: "code", read: func(r *reader, c *fhir.Coding) { r.code(&c.Code) }},
	{name: "display", read: func(r *reader, c *fhir.Coding) { r.string(&c.Display) }},
	{name: "extension", read: func(r *reader, c *fhir.Coding) { r.extensions(&c.Extension) }},
}, ignored[fhir.Coding]("", "id", "userSelected")).in(func(r *reader) *slab[fhir.Coding] { return &r.codings })

var concepts = tableOf([]element[fhir.CodeableConcept]{
	{name: "coding", read: func(r *reader, c *fhir.CodeableConcept) { many(r, codings, &c.Coding) }},
	{name: "text", read: func(r *reader, c *fhir.CodeableConcept) { r.string(&c.Text) }},
	{name: "extension", read: func(r *reader, c *fhir.CodeableConcept) { r.extensions(&c.Extension) }},
}, ignored[fhir.CodeableConcept]("", "id")).in(func(r *reader) *slab[fhir.CodeableConcept] { return &r.concepts })

var identifiers = tableOf([]element[fhir.Identifier]{
	{name: "system", read: func(r *reader, i *fhir.Identifier) { r.uri(&i.System) }},
	{name: "value", read: func(r *reader, i *fhir.Identifier) { r.string(&i.Value) }},
}, ignored[fhir.Identifier]("", "id", "extension", "use", "type", "period", "assigner")).in(func(r *reader) *slab[fhir.Identifier] { return &r.marks })

var references = tableOf([]element[fhir.Reference]{
	{name: "reference", read: func(r *reader, to *fhir.Reference) {
		r.string(&to.Reference)
		r.refers(to.Reference)
	}},
	{name: "type", read: func(r *reader, to *fhir.Reference) { r.uri(&to.Type) }},
	{name: "identifier", read: func(r *reader, to *fhir.Reference) { one(r, identifiers, &to.Identifier) }},
	{name: "display", read: func(r *reader, to *fhir.Reference) { r.string(&to.Display) }},
}, ignored[fhir.Reference]("", "id", "extension")).in(func(r *reader) *slab[fhir.Reference] { return &r.pointers })

// refers notes that the resource refers to another.
func (r *reader) refers(to string) {
	if r.references != nil && to != "" {
		*r.references = append(*r.references, to)
	}
}

var quantities = tableOf([]element[fhir.Quantity]{
	{name: "value", read: func(r *reader, q *fhir.Quantity) { r.decimal(&q.Value) }},
	{name: "comparator", read: func(r *reader, q *fhir.Quantity) { r.code(&q.Comparator) }},
	{name: "unit", read: func(r *reader, q *fhir.Quantity) { r.string(&q.Unit) }},
	{name: "system", read: func(r *reader, q *fhir.Quantity) { r.uri(&q.System) }},
	{name: "code", read: func(r *reader, q *fhir.Quantity) { r.code(&q.Code) }},
}, ignored[fhir.Quantity]("", "id", "extension")).in(func(r *reader) *slab[fhir.Quantity] { return &r.quantities })

var ranges = tableOf([]element[fhir.Range]{
	{name: "low", read: func(r *reader, to *fhir.Range) { one(r, quantities, &to.Low) }},
	{name: "high", read: func(r *reader, to *fhir.Range) { one(r, quantities, &to.High) }},
}, ignored[fhir.Range]("", "id", "extension"))

var ratios = tableOf([]element[fhir.Ratio]{
	{name: "numerator", read: func(r *reader, to *fhir.Ratio) { one(r, quantities, &to.Numerator) }},
	{name: "denominator", read: func(r *reader, to *fhir.Ratio) { one(r, quantities, &to.Denominator) }},
}, ignored[fhir.Ratio]("", "id", "extension"))

var periods = tableOf([]element[fhir.Period]{
	{name: "start", read: func(r *reader, p *fhir.Period) { r.dateTime(&p.Start) }},
	{name: "end", read: func(r *reader, p *fhir.Period) { r.dateTime(&p.End) }},
}, ignored[fhir.Period]("", "id", "extension"))

var annotations = tableOf([]element[fhir.Annotation]{
	{name: "text", read: func(r *reader, a *fhir.Annotation) { r.string(&a.Text) }},
}, ignored[fhir.Annotation]("", "id", "extension", "authorReference", "authorString", "time"))

// values are the rows of a value[x]; value finds it in its owner.
func values[T any](value func(*T) *fhir.Value) []element[T] {
	var rows []element[T]
	row := func(kind string, read func(r *reader, v *fhir.Value)) {
		rows = append(rows, element[T]{
			name: "value" + kind, choice: "value",
			read: func(r *reader, to *T) {
				v := value(to)
				v.Kind = kind
				read(r, v)
			},
			weigh: func(to *T, extensions []fhir.Extension) {
				v := value(to)
				v.Weights = append(v.Weights, weights(extensions)...)
			},
		})
	}
	row("Quantity", func(r *reader, v *fhir.Value) { one(r, quantities, &v.Quantity) })
	row("CodeableConcept", func(r *reader, v *fhir.Value) { one(r, concepts, &v.CodeableConcept) })
	row("Coding", func(r *reader, v *fhir.Value) { one(r, codings, &v.Coding) })
	row("Boolean", func(r *reader, v *fhir.Value) { r.boolean(&v.Boolean) })
	row("Integer", func(r *reader, v *fhir.Value) { r.integer(&v.Integer) })
	row("Decimal", func(r *reader, v *fhir.Value) { r.decimal(&v.Decimal) })
	row("String", func(r *reader, v *fhir.Value) { r.string(&v.String) })
	row("Code", func(r *reader, v *fhir.Value) { r.code(&v.Code) })
	row("Uri", func(r *reader, v *fhir.Value) { r.uri(&v.URI) })
	row("Time", func(r *reader, v *fhir.Value) { r.time(&v.Time) })
	row("Period", func(r *reader, v *fhir.Value) { one(r, periods, &v.Period) })
	row("Range", func(r *reader, v *fhir.Value) { one(r, ranges, &v.Range) })
	row("Ratio", func(r *reader, v *fhir.Value) { one(r, ratios, &v.Ratio) })
	row("Reference", func(r *reader, v *fhir.Value) { one(r, references, &v.Reference) })
	row("Date", func(r *reader, v *fhir.Value) {
		if r.date(&v.Date); v.Date.IsZero() {
			v.Kind = "" // left out
		}
	})
	row("DateTime", func(r *reader, v *fhir.Value) {
		if r.dateTime(&v.DateTime); v.DateTime.IsZero() {
			v.Kind = ""
		}
	})
	for _, kind := range valuesNotRead {
		row(kind, func(r *reader, _ *fhir.Value) { r.skip() })
	}
	return rows
}

// valuesNotRead are the other types of a value[x] (https://hl7.org/fhir/R4/extensibility.html#Extension);
// Value.Kind names them, so that one sees that a value was there.
var valuesNotRead = []string{
	"Base64Binary", "Canonical", "Id", "Instant", "Markdown", "Oid", "PositiveInt", "UnsignedInt", "Url", "Uuid",
	"Address", "Age", "Annotation", "Attachment", "ContactPoint", "Count", "Distance", "Duration", "HumanName",
	"Identifier", "Money", "SampledData", "Signature", "Timing", "ContactDetail", "Contributor", "DataRequirement",
	"Expression", "ParameterDefinition", "RelatedArtifact", "TriggerDefinition", "UsageContext", "Dosage", "Meta",
}

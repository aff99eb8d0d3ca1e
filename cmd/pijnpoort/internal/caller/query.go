package caller

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// found is what a query gives: a resource, a Bundle, or null when there is nothing.
type found struct {
	value jsontext.Value
	note  string // what the reader of the request should know, such as that there is more
}

var nothing = jsontext.Value("null")

// Query runs a query without tokens: "Type/id", or a search of one type by parameters of
// the table parameters, with _id, _count and _sort. The error says what is beyond that.
func (r *Record) query(query string) (found, error) {
	kind, search, searches := strings.Cut(query, "?")
	if !searches {
		if one := r.Find(query); one != nil {
			one.sent = true
			return found{value: one.Raw}, nil
		}
		return found{value: nothing}, nil
	}
	values, err := url.ParseQuery(search)
	if err != nil {
		return found{}, fmt.Errorf("its query is not well-formed")
	}
	matching := r.of(kind)
	for _, name := range sorted(values) {
		if name == "_count" || name == "_maxresults" || name == "_sort" {
			continue
		}
		for _, value := range values[name] {
			test, err := condition(name, value)
			if err != nil {
				return found{}, err
			}
			matching = slices.DeleteFunc(matching, func(one *Resource) bool { return !test(one) })
		}
	}
	if err := order(matching, values.Get("_sort")); err != nil {
		return found{}, err
	}
	total := len(matching)
	if most, err := strconv.Atoi(cmp.Or(values.Get("_count"), values.Get("_maxresults"))); err == nil && most >= 0 && most < total {
		matching = matching[:most]
	}
	return searchset(matching, total)
}

func sorted(values url.Values) []string {
	var names []string
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// searchset is the Bundle of a search.
func searchset(matching []*Resource, total int) (found, error) {
	for _, one := range matching {
		one.sent = true
	}
	if total == 0 {
		return found{value: nothing}, nil
	}
	value, err := json.Marshal(bundleOf("searchset", matching))
	f := found{value: value}
	if len(matching) < total {
		f.note = fmt.Sprintf("%d of %d are sent, as its query asks", len(matching), total)
	}
	return f, err
}

// bundle is a FHIR Bundle.
type bundle struct {
	ResourceType string  `json:"resourceType"`
	Type         string  `json:"type"`
	Total        int     `json:"total,omitzero"`
	Entry        []entry `json:"entry"`
}

type entry struct {
	Resource jsontext.Value `json:"resource"`
}

func bundleOf(kind string, resources []*Resource) bundle {
	b := bundle{ResourceType: "Bundle", Type: kind}
	if kind == "searchset" {
		b.Total = len(resources)
	}
	for _, one := range resources {
		b.Entry = append(b.Entry, entry{one.Raw})
	}
	return b
}

// order sorts by dates, as _sort asks: "-date" is the last first. What has no date comes last.
func order(list []*Resource, by string) error {
	if by == "" {
		return nil
	}
	name, descending := strings.CutPrefix(by, "-")
	p, ok := parameters[name]
	if !ok || p.kind != dated {
		return fmt.Errorf("its query sorts by %s, which is not done here", by)
	}
	first := func(r *Resource) string {
		for _, value := range p.of(r) {
			if span, ok := spanOf(value); ok {
				return span.from
			}
		}
		return ""
	}
	slices.SortStableFunc(list, func(a, b *Resource) int {
		x, y := first(a), first(b)
		switch {
		case x == "" || y == "":
			return -cmp.Compare(x, y)
		case descending:
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	})
	return nil
}

package cdshooks

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/client"
)

// gather finds the data of all templates of a service: as sent, or from the FHIR
// server of the client, all at once and before the deadline of ctx. The error is a
// *Refusal with status 412.
func gather(ctx context.Context, r *request, templates []Template, servers *client.Client, now time.Time) ([]Datum, error) {
	others, whole := r.others(templates)
	server, unusable := r.server(servers)
	data := make([]Datum, len(templates))
	var fetches sync.WaitGroup
	var absent []fhir.Issue
	for i, t := range templates {
		data[i].Key = t.Key
		value, sent := r.Prefetch[t.Key]
		switch {
		case sent:
			next := data[i].take(value, t.asks())
			switch {
			case next == "":
			case server != nil:
				fetches.Go(func() { data[i].follow(ctx, server, next) })
			default:
				data[i].lack(Incomplete, "some pages were not sent; "+unusable)
			}
		case whole:
			data[i].State = Empty
		case server == nil && t.Optional:
			data[i].lack(Absent, unusable)
		case server == nil:
			absent = append(absent, lacking(t.Key, "was not sent and cannot be fetched: "+unusable))
		default:
			fetches.Go(func() { data[i].fetch(ctx, server, &r.context, t.Query, now) })
		}
	}
	fetches.Wait()
	for i, t := range templates {
		if t.Optional && data[i].State == Unreadable {
			data[i].State = Absent
		}
		if t.Essential && data[i].State == Unreadable {
			absent = append(absent, lacking(t.Key, "is needed: "+data[i].Reason))
		}
	}
	if len(absent) > 0 {
		return nil, &Refusal{http.StatusPreconditionFailed, absent}
	}
	return append(data, others...), nil
}

func lacking(key, reason string) fhir.Issue {
	return fhir.Issue{Severity: fhir.SeverityError, Code: "required", Path: "prefetch." + key, Reason: "prefetch." + key + " " + reason}
}

// others are the data under keys that were not asked for, by key. A Bundle among
// them that holds the patient makes the record whole.
func (r *request) others(templates []Template) (others []Datum, whole bool) {
	for _, key := range slices.Sorted(maps.Keys(r.Prefetch)) {
		if slices.ContainsFunc(templates, func(t Template) bool { return t.Key == key }) {
			continue
		}
		d := Datum{Key: key}
		d.take(r.Prefetch[key], "")
		if d.State == Complete && holdsPatient(r.Prefetch[key], r.context.PatientID) {
			d.State, whole = Whole, true
		}
		others = append(others, d)
	}
	return others, whole
}

// holdsPatient reports whether a value is a Bundle with the patient in it.
func holdsPatient(value jsontext.Value, id string) bool {
	if !bytes.Contains(value, []byte(`"Patient"`)) {
		return false
	}
	var bundle struct {
		Entry []struct {
			Resource struct {
				ResourceType string `json:"resourceType"`
				ID           string `json:"id"`
			} `json:"resource"`
		} `json:"entry"`
	}
	if json.Unmarshal(value, &bundle) != nil {
		return false
	}
	for _, e := range bundle.Entry {
		if e.Resource.ResourceType == "Patient" && e.Resource.ID == id {
			return true
		}
	}
	return false
}

// asks is the type of resource that a template asks for.
func (t *Template) asks() string {
	end := strings.IndexAny(t.Query, "/?")
	return t.Query[:max(0, end)]
}

// take takes a prefetched value, of a type or in a Bundle; next is the link to a page that
// was not sent.
func (d *Datum) take(value jsontext.Value, asked string) (next string) {
	if value.Kind() == 'n' {
		d.State = Empty
		return ""
	}
	kind, next, err := client.Inspect(value)
	switch {
	case err != nil:
		d.lack(Unreadable, "what was sent is not a resource")
		return ""
	case kind == "OperationOutcome":
		d.lack(Unreadable, "the client sent an OperationOutcome instead")
		return ""
	case asked != "" && kind != asked && kind != "Bundle":
		d.lack(Unreadable, "what was sent is neither "+asked+" nor a Bundle")
		return ""
	}
	d.Documents = []jsontext.Value{value}
	return next
}

func (d *Datum) lack(state State, reason string) { d.State, d.Reason = state, reason }

// fetch runs the query of a template.
func (d *Datum) fetch(ctx context.Context, server *client.Server, c *Context, template string, now time.Time) {
	query, ok := c.resolve(template, now)
	if !ok {
		d.lack(Unreadable, "the context lacks what its query needs")
		return
	}
	d.run(ctx, server, query)
}

// run runs a query: a read or a search.
func (d *Datum) run(ctx context.Context, server *client.Server, query string) {
	if !strings.Contains(query, "?") {
		page, err := server.Read(ctx, query)
		d.received([][]byte{page}, true, err)
		return
	}
	pages, complete, err := server.Search(ctx, query)
	d.received(pages, complete, err)
}

// follow fetches the pages after the one that was sent.
func (d *Datum) follow(ctx context.Context, server *client.Server, next string) {
	pages, complete, err := server.Rest(ctx, next)
	if err != nil {
		d.lack(Incomplete, "further pages: "+err.Error())
		return
	}
	d.received(pages, complete, nil)
}

// received takes what a FHIR server answered, after what was sent.
func (d *Datum) received(pages [][]byte, complete bool, err error) {
	if err != nil {
		d.lack(Unreadable, err.Error())
		return
	}
	for _, page := range pages {
		d.Documents = append(d.Documents, page)
	}
	if !complete {
		d.lack(Incomplete, "there are more pages than are read")
	}
}

// fetchAll runs queries without tokens, all at once and before the deadline of ctx.
func (r *request) fetchAll(ctx context.Context, servers *client.Client, queries []string) []Datum {
	server, unusable := r.server(servers)
	data := make([]Datum, len(queries))
	var fetches sync.WaitGroup
	for i, query := range queries {
		data[i].Key = query
		if server == nil {
			data[i].lack(Unreadable, unusable)
			continue
		}
		fetches.Go(func() { data[i].run(ctx, server, query) })
	}
	fetches.Wait()
	return data
}

// server is the FHIR server of the client, or why there is none to call.
func (r *request) server(servers *client.Client) (server *client.Server, unusable string) {
	switch {
	case r.FHIRServer == "":
		return nil, "the call names no fhirServer"
	case r.FHIRAuthorization != nil && *r.FHIRAuthorization.ExpiresIn == 0:
		return nil, "the access token has expired"
	}
	server, err := servers.Server(r.FHIRServer, r.token())
	if err != nil {
		return nil, err.Error()
	}
	return server, ""
}

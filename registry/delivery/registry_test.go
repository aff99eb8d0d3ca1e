package delivery_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// registry is a FHIR server in memory, as far as transactions and batches of conditional
// requests go: it counts versions, and fails as it is told.
type registry struct {
	*httptest.Server
	mu        sync.Mutex
	resources map[string]*held // by type and condition
	requests  []received
	before    func(n int, body []byte) (status int) // 0: go on
	after     func(n int) (drop bool)               // the answer is lost
	entry     func(n int, kind string) (status int) // of a batch; 0: go on
	header    http.Header
	plain     bool // it takes Bundles as they are, and answers 200
}

type held struct {
	ID       int
	Version  int
	Resource map[string]any
}

// received is one request, as types of resources in the order of the entries.
type received struct {
	Types  []string
	Key    string
	Trace  string
	Status int
}

func newRegistry(t testing.TB) *registry {
	t.Helper()
	r := &registry{resources: map[string]*held{}}
	r.Server = httptest.NewServer(http.HandlerFunc(r.serve))
	t.Cleanup(r.Close)
	return r
}

type bundle struct {
	Type  string `json:"type"`
	Entry []struct {
		Resource map[string]any `json:"resource"`
		Request  struct{ Method, URL, IfNoneExist string }
	} `json:"entry"`
}

func (r *registry) serve(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	var b bundle
	if json.Unmarshal(body, &b) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	n := len(r.requests)
	got := received{Key: request.Header.Get("Idempotency-Key"), Trace: request.Header.Get("Traceparent"), Status: 200}
	for _, e := range b.Entry {
		kind, _, _ := strings.Cut(e.Request.URL, "?")
		got.Types = append(got.Types, kind)
	}
	if r.before != nil {
		if status := r.before(n, body); status != 0 {
			got.Status = status
			r.requests = append(r.requests, got)
			for name, values := range r.header {
				w.Header()[name] = values
			}
			w.WriteHeader(status)
			return
		}
	}
	r.requests = append(r.requests, got)
	if r.plain {
		return
	}
	var answers []string
	for i, e := range b.Entry {
		if r.entry != nil {
			if status := r.entry(n, got.Types[i]); status != 0 {
				answers = append(answers, fmt.Sprintf(`{"response":{"status":"%d"}}`, status))
				continue
			}
		}
		answers = append(answers, r.do(e.Request.Method, e.Request.URL, e.Request.IfNoneExist, e.Resource))
	}
	if r.after != nil && r.after(n) {
		panic(http.ErrAbortHandler)
	}
	fmt.Fprintf(w, `{"resourceType":"Bundle","type":"%s-response","entry":[%s]}`, b.Type, strings.Join(answers, ","))
}

// do does one conditional request. What is the same gets no new version.
func (r *registry) do(method, target, ifNoneExist string, resource map[string]any) string {
	kind, condition, _ := strings.Cut(target, "?")
	if method == http.MethodPost {
		condition = ifNoneExist
	}
	condition, _ = url.QueryUnescape(condition)
	key := r.find(kind, condition)
	there := r.resources[key]
	switch {
	case method == http.MethodDelete:
		delete(r.resources, key)
		return `{"response":{"status":"204"}}`
	case there == nil:
		there = &held{ID: len(r.resources) + 1, Version: 1, Resource: resource}
		r.resources[key] = there
		return fmt.Sprintf(`{"response":{"status":"201 Created","location":"%s/%d/_history/1","etag":"W/\"1\""}}`, kind, there.ID)
	case method == http.MethodPut && comparable(there.Resource) != comparable(resource):
		there.Version++
		there.Resource = resource
	}
	return fmt.Sprintf(`{"response":{"status":"200 OK","location":"%s/%d/_history/%d","etag":"W/\"%d\""}}`, kind, there.ID, there.Version, there.Version)
}

// find gives the key of the resource that a condition finds by any of its alternatives; of
// none it is the condition.
func (r *registry) find(kind, condition string) string {
	_, alternatives, _ := strings.Cut(condition, "=")
	for key, h := range r.resources {
		if k, _, _ := strings.Cut(key, "?"); k != kind {
			continue
		}
		for _, name := range names(h.Resource) {
			if slices.Contains(strings.Split(alternatives, ","), name) {
				return key
			}
		}
	}
	return kind + "?" + condition
}

// names are the identifiers and tags of a resource, as "system|value".
func names(resource map[string]any) (list []string) {
	take := func(value any, member string) {
		all, _ := value.([]any)
		if one, is := value.(map[string]any); is {
			all = []any{one}
		}
		for _, v := range all {
			v, _ := v.(map[string]any)
			list = append(list, fmt.Sprint(v["system"], "|", v[member]))
		}
	}
	take(resource["identifier"], "value")
	if meta, is := resource["meta"].(map[string]any); is {
		take(meta["tag"], "code")
	}
	return list
}

// comparable is a resource without the references, which may be written in several ways.
func comparable(resource map[string]any) string {
	text, _ := json.Marshal(resource)
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			delete(v, "reference")
			for name, value := range v {
				v[name] = walk(value)
			}
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
		}
		return v
	}
	var copied any
	_ = json.Unmarshal(text, &copied)
	text, _ = json.Marshal(walk(copied))
	return string(text)
}

// versions lists the versions of resources of a type, lowest first.
func (r *registry) versions(kind string) (versions []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for key, h := range r.resources {
		if strings.HasPrefix(key, kind+"?") {
			versions = append(versions, h.Version)
		}
	}
	slices.Sort(versions)
	return versions
}

// statuses lists the status elements of resources of a type.
func (r *registry) statuses(kind string) (statuses []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for key, h := range r.resources {
		if strings.HasPrefix(key, kind+"?") {
			statuses = append(statuses, fmt.Sprintf("%v %v", h.Resource["status"], h.Resource["active"]))
		}
	}
	slices.Sort(statuses)
	return statuses
}

// sent gives the requests so far.
func (r *registry) sent() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.requests)
}

// set changes how it fails.
func (r *registry) set(change func(r *registry)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(r)
}

package cdshooks_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
)

// logbook keeps what was told of calls, and can fail.
type logbook struct {
	mu   sync.Mutex
	list []cdshooks.Access
	fail error
}

func (l *logbook) add(_ context.Context, a cdshooks.Access) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, a)
	return l.fail
}

// Each call of a service is told once, whatever becomes of it, and nothing else is.
func TestAccessIsTold(t *testing.T) {
	const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	known := func(change func(*cdshooks.Access)) cdshooks.Access {
		a := cdshooks.Access{Service: "raad", Caller: "Bearer client", Address: "127.0.0.1", Trace: trace, Status: http.StatusOK}
		change(&a)
		return a
	}
	about := func(a *cdshooks.Access) {
		a.Hook, a.User, a.Patient = cdshooks.PatientView, "Practitioner/1", "p1"
	}
	tests := map[string]struct {
		method, path, body string
		fail               error
		token              string
		want               []cdshooks.Access
	}{
		"answered": {body: view(allSent), want: []cdshooks.Access{known(func(a *cdshooks.Access) {
			about(a)
			a.Identifiers = []fhir.Identifier{{System: "s", Value: "v"}}
		})}},
		"refused for its data": {body: view(""), want: []cdshooks.Access{known(func(a *cdshooks.Access) { about(a); a.Status = 412 })}},
		"failed": {body: view(allSent), fail: errors.New("x"), want: []cdshooks.Access{known(func(a *cdshooks.Access) {
			about(a)
			a.Status = 500
			a.Identifiers = []fhir.Identifier{{System: "s", Value: "v"}}
		})}},
		"not understood":         {body: "{", want: []cdshooks.Access{known(func(a *cdshooks.Access) { a.Status = 400 })}},
		"no such service":        {path: "/cds-services/999900006", body: view(allSent), want: []cdshooks.Access{known(func(a *cdshooks.Access) { a.Service, a.Status = "", 404 })}},
		"a client not known":     {token: "Bearer x", body: view(allSent), want: []cdshooks.Access{known(func(a *cdshooks.Access) { a.Caller, a.Status = "", 401 })}},
		"discovery is no access": {method: http.MethodGet, path: "/cds-services"},
		"nor is a preflight":     {method: http.MethodOptions},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			book := &logbook{}
			h := start(t, func(o *cdshooks.Options) {
				o.Accessed, o.PublicBase = book.add, "https://x.example"
				o.Clients = authenticator(func(authorization, _ string) error {
					if authorization != "Bearer client" {
						return errors.New("not known")
					}
					return nil
				})
				advise := o.Services[0].Advise
				o.Services[0].Advise = func(ctx context.Context, call *cdshooks.Call) (cdshooks.Response, error) {
					call.Concerns([]fhir.Identifier{{System: "s", Value: "v"}})
					return advise(ctx, call)
				}
			})
			h.fail = test.fail
			method, path, token := test.method, test.path, test.token
			if method == "" {
				method = http.MethodPost
			}
			if path == "" {
				path = callPath
			}
			if token == "" {
				token = "Bearer client"
			}
			h.do(method, path, test.body, "Authorization", token, "traceparent", trace)
			for i := range book.list {
				if !book.list[i].At.Equal(now) {
					t.Errorf("at %s", book.list[i].At)
				}
				book.list[i].At = time.Time{}
			}
			if diff := cmp.Diff(test.want, book.list); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What cannot be logged is not answered, and that is not tried again.
func TestWhatCannotBeLoggedIsNotAnswered(t *testing.T) {
	book := &logbook{fail: errors.New("disk full")}
	h := start(t, func(o *cdshooks.Options) { o.Accessed = book.add })
	a := h.call(view(allSent), http.StatusServiceUnavailable)
	if strings.Contains(string(a.body), "cards") || len(book.list) != 1 || !strings.Contains(h.log.String(), "disk full") {
		t.Errorf("%d tries, %s", len(book.list), a.body)
	}
	h.call("{", http.StatusBadRequest)
}

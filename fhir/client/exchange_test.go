package client_test

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/client"
)

func TestExchangeGivesTheAnswerWhateverItsStatus(t *testing.T) {
	for _, status := range []int{200, 201, 307, 404, 412, 503} {
		server := serve(t, client.Options{}, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			w.Header().Set("Location", r.URL.Path)
			w.Header().Set("Seen", r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization")+" "+r.Header.Get("Idempotency-Key")+" "+r.Header.Get("Content-Type"))
			w.WriteHeader(status)
			_, _ = w.Write(body)
		})
		got, err := server.Exchange(t.Context(), client.Request{Body: []byte("abc"), Header: http.Header{"Idempotency-Key": {`"k"`}}})
		if err != nil || got.Status != status || string(got.Body) != "abc" || got.Header.Get("Seen") != `POST /fhir Bearer token "k" application/fhir+json` {
			t.Errorf("%d: %+v, %v", status, got, err)
		}
		got, err = server.Exchange(t.Context(), client.Request{Path: "$import", Header: http.Header{"Content-Type": {"application/fhir+ndjson"}}})
		if err != nil || got.Header.Get("Seen") != "POST /fhir/$import Bearer token  application/fhir+ndjson" {
			t.Errorf("%d: %+v, %v", status, got, err)
		}
	}
}

func TestExchangeTellsWhetherTheRequestCanHaveArrived(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	hangs := func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); <-r.Context().Done() }
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "half")
		panic(http.ErrAbortHandler)
	}
	long := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2000)) }
	for name, test := range map[string]struct {
		handle  http.HandlerFunc
		arrived bool
		is      error
	}{
		"drops the connection": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true, client.ErrUnsent},
		"is too slow":          {hangs, true, client.ErrTimeout},
		"cuts its answer off":  {cut, true, client.ErrLost},
		"answers too much":     {long, true, client.ErrTooLarge},
	} {
		server := serve(t, client.Options{Timeout: 200 * time.Millisecond, Bytes: 1000}, test.handle)
		_, err := server.Exchange(t.Context(), client.Request{Body: []byte("abc")})
		if errors.Is(err, client.ErrLost) != test.arrived || !errors.Is(err, test.is) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c, err := client.New(client.Options{Servers: []string{gone.URL}})
	if err != nil {
		t.Fatal(err)
	}
	server, err := c.Server(gone.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.Exchange(t.Context(), client.Request{}); errors.Is(err, client.ErrLost) || !errors.Is(err, client.ErrUnsent) {
		t.Errorf("nobody there: %v", err)
	}
}

func TestExchangeTrustsOnlyWhoItMust(t *testing.T) {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = nil
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	s.StartTLS()
	defer s.Close()
	c, err := client.New(client.Options{Servers: []string{s.URL}}) // which does not know the authority
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	server, err := c.Server(s.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.Exchange(t.Context(), client.Request{}); !errors.Is(err, client.ErrUntrusted) || errors.Is(err, client.ErrLost) {
		t.Errorf("%v", err)
	}
}

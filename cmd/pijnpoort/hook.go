package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/cdshooks/conformance"
	"github.com/pijnpoort/pijnpoort/cmd/pijnpoort/internal/caller"
	"github.com/pijnpoort/pijnpoort/config"
)

type hookCommand struct {
	File       string   `arg:"" help:"A patient: a FHIR R4 Bundle in JSON, gzipped or not; or a complete request of a hook, which is sent as it is; - for standard input."`
	Service    string   `default:"neuromodulatie-geschiktheid" help:"Id of the service to call." placeholder:"ID"`
	Hook       string   `default:"patient-view" help:"patient-view, order-select, order-sign, order-dispatch, encounter-start or encounter-discharge." placeholder:"NAME"`
	Order      []string `help:"Order that the call is about: a file, or Type/id in the input; without it the drafts in the input, else its active ServiceRequests." placeholder:"FILE|TYPE/ID" sep:"none"`
	Patient    string   `help:"Id of the patient, when the input holds several." placeholder:"ID"`
	User       string   `default:"Practitioner/1" help:"Who is at work." placeholder:"TYPE/ID"`
	Encounter  string   `help:"Id of the encounter; the last in the input where the hook needs one." placeholder:"ID"`
	Performer  string   `help:"Who the orders go to (order-dispatch); that of the first order when left out." placeholder:"TYPE/ID"`
	URL        string   `name:"url" help:"Server to call; without it Pijnpoort answers by itself, with the settings given." placeholder:"URL"`
	Issuer     string   `help:"Issuer of the JWT to show to the server." placeholder:"URL"`
	Key        string   `help:"File with the private JWK that signs it." placeholder:"FILE" type:"path"`
	CA         string   `name:"ca" help:"File with the roots under which the server has its certificate (PEM), where they are not those of this machine." placeholder:"FILE" type:"path"`
	Cert       string   `help:"File with a certificate and its key (PEM) to show to a server that asks for one." placeholder:"FILE" type:"path"`
	FHIRServer string   `name:"fhir-server" help:"FHIR server that the service may ask for what the request does not hold." placeholder:"URL"`
	Token      string   `help:"File with an access token for that server. It is not printed with --request." placeholder:"FILE" type:"path"`
	Omit       []string `help:"Prefetch key to leave out, as a record system that cannot run the query; '*' for all." placeholder:"KEY"`
	Request    bool     `help:"Print the request instead of sending it."`
	Format     format   `enum:"text,json,markdown" default:"text" help:"text, json (as received) or markdown." placeholder:"text|json|markdown"`
	AsOf       string   `help:"Day to judge by; today when left out. Not with --url." placeholder:"YYYY-MM-DD"`
	Lang       string   `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
}

// asMarkdown is the format in which cards are Markdown.
const asMarkdown format = "markdown"

// hookTime is the most that one call may take.
const hookTime = 30 * time.Second

// hookCall is a request to send, and to which service.
type hookCall struct {
	service string
	body    []byte
	orders  []string // "Type/id" of the draft orders
}

// Run calls a decision service as a record system would.
func (c *hookCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	if err := c.check(); err != nil {
		return usageError{err}
	}
	if c.Lang != "" {
		settings.Language = c.Lang
	}
	document, err := m.document(c.File, settings.Limits.Bytes)
	if err != nil {
		return fmt.Errorf("hook: %w", err)
	}
	client, closing, err := c.client(m, settings)
	if err != nil {
		return err
	}
	call, err := c.call(ctx, m, client, document)
	if err == nil && c.Request {
		err = writeJSON(m.Stdout, call.body)
	} else if err == nil {
		err = c.send(ctx, m, client, call, settings.Language)
	}
	return errors.Join(err, closing())
}

// check finds flags that do not go together.
func (c *hookCommand) check() error {
	switch {
	case c.AsOf != "" && c.URL != "":
		return errors.New("--as-of: a server judges by its own day")
	case (c.Issuer == "") != (c.Key == ""):
		return errors.New("--issuer and --key go together")
	case c.Issuer != "" && c.URL == "":
		return errors.New("--issuer: a JWT is for a server; give its --url")
	case c.URL == "" && (c.CA != "" || c.Cert != ""):
		return errors.New("--ca and --cert are for a server; give its --url")
	case c.Token != "" && c.FHIRServer == "":
		return errors.New("--token: is for a FHIR server; give its --fhir-server")
	}
	return nil
}

// call makes the request: the document itself when it is one, else of the patient in it.
func (c *hookCommand) call(ctx context.Context, m *Main, client *caller.Client, document []byte) (hookCall, error) {
	var complete struct {
		Hook    string
		Context struct{ DraftOrders json.RawMessage }
	}
	if json.Unmarshal(document, &complete) == nil && complete.Hook != "" {
		if len(c.Order) > 0 || len(c.Omit) > 0 || c.FHIRServer != "" || c.Patient != "" {
			return hookCall{}, usageError{fmt.Errorf("%s is a complete request: --order, --omit, --patient and --fhir-server are for making one", c.File)}
		}
		call := hookCall{service: c.Service, body: document}
		if drafts, err := caller.ReadRecord(complete.Context.DraftOrders); err == nil {
			for _, o := range drafts.Resources {
				call.orders = append(call.orders, o.Name())
			}
		}
		return call, nil
	}
	record, err := caller.ReadRecord(document)
	if err != nil {
		return hookCall{}, fmt.Errorf("hook: %s: %w", c.File, err)
	}
	services, list, err := client.Discover(ctx)
	if err != nil {
		return hookCall{}, fmt.Errorf("hook: %w", err)
	}
	c.tellFaults(m, "discovery", conformance.Discovery(list))
	service, err := caller.Find(services, c.Service, c.Hook)
	if err != nil {
		return hookCall{}, usageError{err}
	}
	return c.build(m, record, service)
}

// build makes the request of a record.
func (c *hookCommand) build(m *Main, record *caller.Record, service caller.Service) (hookCall, error) {
	moment := caller.Moment{Hook: c.Hook, User: c.User, Patient: c.Patient, Encounter: c.Encounter, Performer: c.Performer, Now: time.Now()}
	if c.AsOf != "" {
		day, err := time.Parse(time.DateOnly, c.AsOf)
		if err != nil {
			return hookCall{}, usageError{fmt.Errorf("--as-of: %q is not a day as YYYY-MM-DD", c.AsOf)}
		}
		moment.Now = day
	}
	for _, name := range c.Order {
		found, err := m.order(record, name)
		if err != nil {
			return hookCall{}, usageError{fmt.Errorf("--order: %w", err)}
		}
		moment.Orders = append(moment.Orders, found...)
	}
	built, err := caller.Build(record, moment, service, c.Omit)
	if err != nil {
		return hookCall{}, usageError{err}
	}
	token := ""
	if c.Token != "" && !c.Request {
		content, err := os.ReadFile(c.Token)
		if err != nil {
			return hookCall{}, usageError{fmt.Errorf("--token: %w", opening(err))}
		}
		token = strings.TrimSpace(string(content))
	}
	built.Request.Authorize(c.FHIRServer, token)
	for _, note := range built.Notes {
		fmt.Fprintf(m.Stderr, "pijnpoort: hook: %s\n", note)
	}
	body, err := built.Request.JSON()
	return hookCall{service.ID, body, built.Orders}, err
}

// send posts the request and prints the answer. An answer without cards, or one that does
// not conform, leaves the question unanswered.
func (c *hookCommand) send(ctx context.Context, m *Main, client *caller.Client, call hookCall, lang string) error {
	ctx, cancel := context.WithTimeout(ctx, hookTime)
	defer cancel()
	answer, err := client.Call(ctx, call.service, call.body)
	if err != nil {
		return fmt.Errorf("hook: %w", err)
	}
	if answer.Status != http.StatusOK {
		return refused(m, answer, c.Format)
	}
	if c.Format == asJSON {
		err = writeJSON(m.Stdout, answer.Body)
	} else {
		err = writeCards(m.Stdout, answer.Body, c.Format, lang)
	}
	if err != nil {
		return fmt.Errorf("hook: %w", err)
	}
	if c.tellFaults(m, "the answer", conformance.Response(answer.Body, call.orders...)) {
		return errUnanswered
	}
	return nil
}

// tellFaults tells where a document departs from the specification, if it does.
func (c *hookCommand) tellFaults(m *Main, what string, faults []string) bool {
	for _, fault := range faults {
		fmt.Fprintf(m.Stderr, "pijnpoort: hook: %s does not conform: %s\n", what, fault)
	}
	return len(faults) > 0
}

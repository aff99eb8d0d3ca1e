package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// format is how an answer is written. Empty is text for one document, lines of
// JSON for several.
type format string

// The formats.
const (
	asText format = "text"
	asJSON format = "json"
	asCSV  format = "csv"
)

// answer is what a command has to say of one chart.
type answer struct {
	value any                     // whose JSON is the answer
	text  func(w io.Writer) error // as a page, or as lines of CSV where that was asked
}

// question is a command's work on one chart. alone says that the chart is all
// there is. It runs in several goroutines at once.
type question func(chart *fhir.Chart, alone bool) answer

// job is a chart on its way to an answer.
type job struct {
	chart *fhir.Chart
	err   error
	alone bool
	done  chan written
	kept  *madeBundles // of bundle
}

// written is an answer as bytes, or why there is none.
type written struct {
	content []byte
	err     error
}

// answerAll asks a question of every chart in the files that the arguments name, and
// writes the answers in the order of the charts. Charts are decoded one after the
// other and answered by several workers; only a few are held at a time.
func (m *Main) answerAll(ctx context.Context, settings config.Config, arguments []string, as format, ask question) error {
	work := func(j *job) written { return j.answer(ask, as) }
	return m.inOrder(ctx, settings, arguments, work, func(ctx context.Context, ordered <-chan *job) error { return m.writeAll(ctx, ordered, as) })
}

// inOrder does work on every chart in the files that the arguments name, in several
// goroutines at once, and has what came of it written in the order of the charts.
func (m *Main) inOrder(ctx context.Context, settings config.Config, arguments []string, work func(*job) written, write func(context.Context, <-chan *job) error) error {
	list, several, err := m.inputs(arguments)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	read, finish := m.progress(list, several)
	defer finish()

	workers := runtime.GOMAXPROCS(0)
	todo, ordered := make(chan *job), make(chan *job, 4*workers)
	for range workers {
		go func() {
			for j := range todo {
				j.done <- work(j)
			}
		}()
	}
	go func() {
		defer close(ordered)
		defer close(todo)
		for chart, err := range m.charts(list, settings.DecodeLimits(), read) {
			j := &job{chart: chart, err: err, alone: !several && (chart.Source == list[0].source), done: make(chan written, 1)}
			for _, next := range []chan *job{ordered, todo} {
				select {
				case next <- j:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return write(ctx, ordered)
}

// answer makes the answer of one chart.
func (j *job) answer(ask question, as format) written {
	if j.err != nil {
		return written{err: j.err}
	}
	a := ask(j.chart, j.alone)
	var b bytes.Buffer
	if as == asJSON || as == "" && !j.alone {
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if j.alone {
			encoder.SetIndent("", "  ")
		}
		err := encoder.Encode(a.value)
		return written{b.Bytes(), err}
	}
	if !j.alone && as != asCSV {
		fmt.Fprintf(&b, "== %s\n", j.chart.Source)
		defer b.WriteByte('\n')
	}
	err := a.text(&b)
	return written{b.Bytes(), err}
}

// writeAll writes answers in order. What cannot be answered is told on standard
// error, and in lines of JSON on its line too.
func (m *Main) writeAll(ctx context.Context, ordered <-chan *job, as format) error {
	out := bufio.NewWriter(m.Stdout)
	failed := false
	for j := range ordered {
		var w written
		select {
		case w = <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if w.err != nil {
			failed = true
			fmt.Fprintf(m.Stderr, "pijnpoort: %s: %s\n", j.chart.Source, reason(w.err))
			w.content = j.failure(as, w.err)
		}
		if _, err := out.Write(w.content); err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed {
		return errUnanswered
	}
	return nil
}

// reason is an error without its source, which is told beside it.
func reason(err error) string {
	var fault *decode.Error
	if errors.As(err, &fault) {
		without := *fault
		without.Source = ""
		return without.Error()
	}
	return err.Error()
}

// failure is what stands in the place of an answer, where others stand beside it.
func (j *job) failure(as format, err error) []byte {
	switch {
	case as == asCSV:
		var b bytes.Buffer
		if err := advice.UnreadableCSV(&b, j.chart.Source, reason(err)); err != nil {
			panic(err) // a buffer takes everything
		}
		return b.Bytes()
	case j.alone || as == asText:
		return nil
	}
	return errorLine(j.chart.Source, err)
}

func errorLine(source string, cause error) []byte {
	line, err := json.Marshal(struct {
		Source string `json:"source"`
		Error  string `json:"error"`
	}{source, reason(cause)})
	if err != nil {
		panic(err) // strings always marshal
	}
	return append(line, '\n')
}

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// input is one file, or standard input.
type input struct {
	source string // its name in answers: "p1.json", "-"
	path   string // "-" is standard input
	size   int64  // 0 when not known
}

// inputs are what the arguments name, in order: files, "-", and of a folder its
// inputEndings, by name; how much else stands in it is told. several reports whether more than one file is meant,
// even when a folder turns out to hold one. A file's source is its own name, or
// the path as given where two have the same name.
func (m *Main) inputs(arguments []string) (list []input, several bool, err error) {
	several = len(arguments) > 1
	for _, argument := range arguments {
		if argument == "-" {
			list = append(list, input{source: "-", path: "-"})
			continue
		}
		info, err := os.Stat(argument)
		switch {
		case err != nil:
			list = append(list, input{source: filepath.Base(argument), path: argument}) // told when it is opened
		case info.IsDir():
			several = true
			files, others, err := inFolder(argument)
			if err != nil {
				return nil, false, err
			}
			if others > 0 {
				fmt.Fprintf(m.Stderr, "pijnpoort: %s: %d others in the folder are not read: folders, and what does not end in %s\n",
					argument, others, strings.Join(inputEndings, ", "))
			}
			list = append(list, files...)
		default:
			list = append(list, input{filepath.Base(argument), argument, info.Size()})
		}
	}
	tellApart(list)
	return list, several, nil
}

// inputEndings are how the names of input files in a folder end, in small letters or capitals.
var inputEndings = []string{".json", ".ndjson", ".gz", ".xml"}

func inFolder(folder string) (list []input, others int, err error) {
	entries, err := os.ReadDir(folder) // sorted by name
	if err != nil {
		return nil, 0, err
	}
	for _, e := range entries {
		if e.IsDir() || !slices.Contains(inputEndings, strings.ToLower(filepath.Ext(e.Name()))) {
			others++
			continue
		}
		file := input{source: e.Name(), path: filepath.Join(folder, e.Name())}
		if info, err := os.Stat(file.path); err == nil {
			file.size = info.Size()
		}
		list = append(list, file)
	}
	if len(list) == 0 {
		return nil, 0, fmt.Errorf("%s: the folder holds no %s", folder, strings.Join(inputEndings, ", "))
	}
	return list, others, nil
}

// tellApart gives inputs of the same name their path as source.
func tellApart(list []input) {
	times := map[string]int{}
	for _, i := range list {
		times[i.source]++
	}
	for k := range list {
		if times[list[k].source] > 1 {
			list[k].source = list[k].path
		}
	}
}

// charts are the charts of all inputs in order, or why there is none; read tells
// of the bytes as they are read.
func (m *Main) charts(list []input, limits decode.Limits, read io.Writer) iter.Seq2[*fhir.Chart, error] {
	return func(yield func(*fhir.Chart, error) bool) {
		for _, in := range list {
			for chart, err := range m.chartsOf(in, limits, read) {
				if !yield(chart, err) {
					return
				}
			}
		}
	}
}

func (m *Main) chartsOf(in input, limits decode.Limits, read io.Writer) iter.Seq2[*fhir.Chart, error] {
	return func(yield func(*fhir.Chart, error) bool) {
		file, err := m.open(in)
		if err != nil {
			yield(&fhir.Chart{Source: in.source}, opening(err))
			return
		}
		defer file.Close()
		for chart, err := range decode.Charts(in.source, io.TeeReader(file, read), limits) {
			if !yield(chart, err) {
				return
			}
		}
	}
}

// open opens an input. Standard input stays open when it is closed.
func (m *Main) open(in input) (io.ReadCloser, error) {
	if in.path == "-" {
		return io.NopCloser(m.Stdin), nil
	}
	return os.Open(in.path)
}

// opening is why a file could not be opened; its path stands in the source.
func opening(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return errors.New("cannot be opened: " + path.Err.Error())
	}
	return err
}

//go:build ignore

// Command corpus maps every file in the folders of a folder and checks what must hold
// of any input: no panic, everything received has one fate, every code is counted. It
// prints a summary per folder, and exits with status 1 when something does not hold.
//
// What becomes of each file is held against the golden report beside this program,
// which was reviewed by reading; -update writes it anew. It names facts, types and
// reasons, never a value.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/coverage"
)

// asOf is far enough ahead that nothing is in the future.
const asOf = "2030-01-01"

// summary is one line of the table.
type summary struct {
	files, unreadable                       int
	received, used, ignored, rejected       int
	facts, issues                           int
	codes, understood, unmapped, unverified int

	report *strings.Builder // the golden report so far
}

// goldenFile is what was found right by reading it.
const goldenFile = ".ci/corpus.golden"

// golden holds the report against the one reviewed and gives the number of faults.
func golden(report string, update bool) int {
	if update {
		if err := os.WriteFile(goldenFile, []byte(report), 0o644); err != nil {
			panic(err)
		}
		return 0
	}
	reviewed, err := os.ReadFile(goldenFile)
	if err == nil && string(reviewed) == report {
		return 0
	}
	fmt.Println("the report differs from", goldenFile, err)
	lines := strings.Split(string(reviewed), "\n")
	for _, line := range strings.Split(report, "\n") {
		if !slices.Contains(lines, line) {
			fmt.Println("+", line)
		}
	}
	return 1
}

// tell writes down what became of one chart: its facts by name, and how many resources
// of a type met which fate, for which reason.
func (s *summary) tell(name string, chart *fhir.Chart, record *mapping.Record) {
	r := record.Report
	fmt.Fprintf(s.report, "%s: received %d, used %d, ignored %d, rejected %d, codes not understood %d\n", name, r.Received, r.Used, len(r.Ignored), len(r.Rejected), len(r.Unmapped))
	if len(record.Facts) > 0 {
		var facts []string
		for _, f := range record.Sorted() {
			facts = append(facts, f.ID)
		}
		fmt.Fprintf(s.report, "  facts %s\n", strings.Join(facts, ", "))
	}
	counts := map[string]int{}
	for _, f := range advice.Fates(chart, record) {
		kind, _, _ := strings.Cut(f.Resource, "/")
		if f.Fate == advice.Used {
			for _, gave := range f.Gave {
				counts["used "+kind+" for "+gave.Fact]++
			}
			continue
		}
		counts[f.Fate+" "+kind+": "+f.Reason]++
	}
	for _, issue := range r.Issues {
		kind, _, _ := strings.Cut(issue.Resource, "/")
		counts["issue "+kind+": "+issue.Reason]++
	}
	for _, line := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(s.report, "  %s (%d)\n", line, counts[line])
	}
}

func main() {
	update := flag.Bool("update", false, "write the golden report")
	flag.Parse()
	root := flag.Arg(0)
	day, err := mapping.ParseDay(asOf)
	if err != nil {
		panic(err) // it is a constant
	}
	adviser := &advice.Adviser{AsOf: func() mapping.Day { return day }}
	folders := map[string][]string{}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && slices.Contains([]string{".json", ".ndjson", ".xml", ".gz"}, filepath.Ext(path)) {
			folders[filepath.Dir(path)] = append(folders[filepath.Dir(path)], path)
		}
		return err
	})
	if err != nil || len(folders) == 0 {
		fmt.Fprintln(os.Stderr, "corpus: no examples:", err)
		os.Exit(1)
	}
	var names []string
	for name := range folders {
		names = append(names, name)
	}
	slices.Sort(names)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "files\tunreadable\treceived\tused\tignored\trejected\tfacts\tissues\tcodes\tunderstood\tunmapped\tunverified\tfolder\t")
	faults := 0
	var report strings.Builder
	for _, name := range names {
		s := summary{report: &report}
		tally := coverage.NewTally(nil)
		for _, path := range folders[name] {
			faults += s.file(adviser, tally, path)
		}
		faults += s.count(tally, name)
		relative, err := filepath.Rel(root, name)
		if err != nil {
			relative = name
		}
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t\n", s.files, s.unreadable, s.received, s.used, s.ignored, s.rejected,
			s.facts, s.issues, s.codes, s.understood, s.unmapped, s.unverified, relative)
	}
	table.Flush()
	faults += golden(report.String(), *update)
	if faults > 0 {
		fmt.Printf("%d faults\n", faults)
		os.Exit(1)
	}
}

// file maps one file and gives the number of faults.
func (s *summary) file(adviser *advice.Adviser, tally *coverage.Tally, path string) (faults int) {
	fault := func(format string, arguments ...any) {
		fmt.Printf("%s: %s\n", path, fmt.Sprintf(format, arguments...))
		faults++
	}
	defer func() {
		if cause := recover(); cause != nil {
			fault("panic: %v", cause)
		}
	}()
	s.files++
	file, err := os.Open(path)
	if err != nil {
		fault("%v", err)
		return faults
	}
	defer file.Close()
	for chart, err := range decode.Charts(filepath.Base(path), file, decode.Limits{}) {
		if err != nil {
			s.unreadable++
			fmt.Fprintf(s.report, "%s: refused\n", filepath.Base(path))
			tally.AddUnreadable()
			continue
		}
		tally.Add(chart)
		s.chart(adviser, chart, fault)
	}
	return faults
}

func (s *summary) chart(adviser *advice.Adviser, chart *fhir.Chart, fault func(string, ...any)) {
	record, verdict := adviser.Advise(chart)
	s.tell(chart.Source, chart, record)
	r := record.Report
	if verdict == nil {
		fault("no verdict")
	}
	if chart.Received() != r.Received || r.Received != r.Used+len(r.Ignored)+len(r.Rejected) {
		fault("received %d, used %d, ignored %d, rejected %d", r.Received, r.Used, len(r.Ignored), len(r.Rejected))
	}
	fates := map[string]int{}
	for _, f := range advice.Fates(chart, record) {
		fates[f.Fate]++
		if f.Fate != advice.Used && f.Reason == "" {
			fault("%s: %s without a reason", f.Resource, f.Fate)
		}
		if f.Fate != advice.Used && len(f.Gave) > 0 {
			fault("%s: %s, yet %s rests on it", f.Resource, f.Fate, f.Gave[0].Fact)
		}
	}
	if fates[advice.Used] != r.Used || fates[advice.Ignored] != len(r.Ignored) || fates[advice.Rejected] != len(r.Rejected) {
		fault("the fates of the resources do not add up: %v", fates)
	}
	s.received += r.Received
	s.used += r.Used
	s.ignored += len(r.Ignored)
	s.rejected += len(r.Rejected)
	s.facts += len(record.Facts)
	s.issues += len(r.Issues)
}

// count takes in the codes, whose occurrences by status must be all there are.
func (s *summary) count(tally *coverage.Tally, name string) (faults int) {
	report := tally.Report()
	counted := 0
	for _, c := range report.Codes {
		counted += c.Count
	}
	for _, system := range report.Systems {
		s.codes += system.Occurrences
		s.understood += system.Statuses[coverage.Mapped] + system.Statuses[coverage.ByName]
		s.unmapped += system.Statuses[coverage.Unmapped]
		s.unverified += system.Statuses[coverage.Unverified]
	}
	if counted != s.codes || s.codes != s.understood+s.unmapped+s.unverified {
		fmt.Printf("%s: %d codes counted, %d in systems\n", name, counted, s.codes)
		return 1
	}
	return 0
}

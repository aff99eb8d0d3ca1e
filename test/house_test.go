package test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/pijnpoort/pijnpoort/"

// rooms are the top folders from left to right: a package may import what stands
// in its own room or to its right, never to its left. Rooms on one line stand
// side by side and do not know each other.
var rooms = [][]string{
	{"cmd"},
	{"config"},
	{"web"},
	{"cdshooks", "operations", "registry", "terminologyserver"},
	{"advice"},
	{"forms"},
	{"validation"},
	{"mapping"},
	{"fhir"},
	{"profiles"},
}

// room gives the place of a folder of the module, -1 when it is none of the rooms.
func room(folder string) (place int, name string) {
	name, _, _ = strings.Cut(folder, "/")
	for i, row := range rooms {
		for _, r := range row {
			if r == name {
				return i, name
			}
		}
	}
	return -1, name
}

// imports lists, per package folder, what its files other than tests import.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	err = filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if parsed.Name.Name == "main" && !strings.Contains(file, string(filepath.Separator)+"cmd"+string(filepath.Separator)) {
			return nil // a generator, run by go generate only
		}
		folder, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		folder = filepath.ToSlash(folder)
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[folder] = append(found[folder], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestImportsRunOneWay(t *testing.T) {
	for folder, names := range imports(t) {
		from, fromRoom := room(folder)
		if from < 0 {
			if fromRoom != "test" {
				t.Errorf("%s stands in no room: add it to the drawing of the house, or put it in one", folder)
			}
			continue
		}
		for _, name := range names {
			target, ours := strings.CutPrefix(name, module)
			if !ours {
				continue
			}
			to, toRoom := room(target)
			if to < from || to == from && toRoom != fromRoom {
				t.Errorf("%s imports %s, which stands to its left or beside it", folder, target)
			}
		}
	}
}

// The domain knows no protos, HTTP or SQL, not even through another package.
func TestDomainStaysPure(t *testing.T) {
	all := imports(t)
	foreign := func(name string) bool {
		for _, prefix := range []string{"github.com/google/fhir", "google.golang.org/protobuf", "net/http", "database/sql", "github.com/gin-gonic"} {
			if name == prefix || strings.HasPrefix(name, prefix+"/") {
				return true
			}
		}
		return false
	}
	var reach func(folder string, trail []string, seen map[string]bool)
	reach = func(folder string, trail []string, seen map[string]bool) {
		if seen[folder] {
			return
		}
		seen[folder] = true
		for _, name := range all[folder] {
			if foreign(name) {
				t.Errorf("%s reaches %s through %s", trail[0], name, strings.Join(trail, " -> "))
			}
			if target, ours := strings.CutPrefix(name, module); ours {
				reach(target, append(trail, target), seen)
			}
		}
	}
	for folder := range all {
		if first, _, _ := strings.Cut(folder, "/"); first == "mapping" || first == "validation" || path.Clean(folder) == "fhir/decode" {
			reach(folder, []string{folder}, map[string]bool{})
		}
	}
}

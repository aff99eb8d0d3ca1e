package audit_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lestrrat-go/jwx/v3/jwk"

	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
)

// keyPair is a private key to sign with, and its public half as an auditor gets it.
func keyPair(t testing.TB, private any) (*audit.Key, *audit.Key) {
	t.Helper()
	key, err := jwk.Import(private)
	if err != nil {
		t.Fatal(err)
	}
	if err := jwk.AssignKeyID(key); err != nil {
		t.Fatal(err)
	}
	signing, err := audit.SigningKey(key)
	if err != nil {
		t.Fatal(err)
	}
	half, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jwk.Pem(half)
	if err != nil {
		t.Fatal(err)
	}
	public, err := audit.PublicKeys(document)
	if err != nil || len(public) != 1 {
		t.Fatal(public, err)
	}
	return signing, public[0]
}

func curve(t testing.TB) (*audit.Key, *audit.Key) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return keyPair(t, private)
}

func TestMarksAreSignedAndVerified(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	es, esPublic := curve(t)
	rs, rsPublic := keyPair(t, rsaKey)
	site, err := audit.SharedKey([]byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]*audit.Key{{es, esPublic}, {rs, rsPublic}, {site, site}} {
		t.Run(pair[0].String(), func(t *testing.T) {
			s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
			fill(t, s, 3)
			mark, err := logbook.MarkEnd(t.Context(), s, pair[0], audit.Party{})
			if err != nil || mark.Seq != 4 {
				t.Fatalf("%+v, %v", mark, err)
			}
			marks, faults, err := audit.ReadMarks(strings.NewReader(mark.JWS+"\n"), []*audit.Key{pair[1]})
			if err != nil || len(faults) > 0 || len(marks) != 1 || marks[0].Seq != 4 || marks[0].Hash != mark.Hash || marks[0].Site != logbook.Site || !marks[0].At.Equal(mark.At) {
				t.Fatalf("%+v, %v, %v", marks, faults, err)
			}
			fill(t, s, 2)
			if v := verify(t, s, marks...); !v.Sound() || v.Marks != 1 || v.Rows != 6 {
				t.Errorf("%+v", v)
			}
		})
	}
	if esPublic.Signs() {
		t.Error("a public key says that it signs")
	}
}

// What was done to the log by who can write all of the database, but has no mark.
func TestMarksShowWhatAChainCannot(t *testing.T) {
	key, public := curve(t)
	tests := map[string]struct {
		spoil func(t *testing.T, s *store.Store)
		want  string
	}{
		"cut off at its end": {func(t *testing.T, s *store.Store) {
			storetest.Exec(t, s, `DELETE FROM audit WHERE seq > 2`)
			storetest.Exec(t, s, `UPDATE audit_chain SET last_seq = 2, last_hash = (SELECT hash FROM audit WHERE seq = 2)`)
		}, "was marked, and is missing"},
		"written anew": {func(t *testing.T, s *store.Store) {
			storetest.Exec(t, s, `DELETE FROM audit`)
			storetest.Exec(t, s, `UPDATE audit_chain SET last_seq = 0, last_hash = ''`)
			fill(t, s, 9)
		}, "is not the row that was marked: the log was written anew"},
		"emptied": {func(t *testing.T, s *store.Store) {
			storetest.Exec(t, s, `DELETE FROM audit`)
			storetest.Exec(t, s, `UPDATE audit_chain SET last_seq = 0, last_hash = ''`)
		}, "was marked, and is missing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			storetest.Both(t, func(t *testing.T, s *store.Store) {
				fill(t, s, 4)
				mark, err := logbook.MarkEnd(t.Context(), s, key, audit.Party{})
				if err != nil {
					t.Fatal(err)
				}
				test.spoil(t, s)
				if v := verify(t, s); !v.Sound() {
					t.Fatalf("the chain alone shows it: %+v", v)
				}
				marks, _, err := audit.ReadMarks(strings.NewReader(mark.JWS), []*audit.Key{public})
				if err != nil {
					t.Fatal(err)
				}
				if v := verify(t, s, marks...); !slices.Equal(v.Faults, []audit.Fault{{Seq: 5, Reason: test.want}}) {
					t.Errorf("%+v", v)
				}
			})
		})
	}
}

func TestMarksOfOthersAreNotBelieved(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	key, public := curve(t)
	other, _ := curve(t)
	good, err := logbook.MarkEnd(t.Context(), s, key, audit.Party{})
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := logbook.MarkEnd(t.Context(), s, other, audit.Party{})
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(good.JWS, ".")
	swapped := parts[0] + "." + strings.Split(foreign.JWS, ".")[1] + "." + parts[2]
	for name, test := range map[string]struct{ line, want string }{
		"another key":     {foreign.JWS, "the mark on line 2 is signed with a key that is not known here: "},
		"another content": {swapped, "the mark on line 2 was not signed with the key that it names"},
		"no JWS":          {"4:abc", "the mark on line 2 is no JWS in compact form"},
		"cut short":       {good.JWS[:len(good.JWS)/2], "the mark on line 2 is no JWS in compact form"},
		"endless":         {strings.Repeat("x", 20<<10), "the mark on line 2 is longer than any mark"},
	} {
		t.Run(name, func(t *testing.T) {
			marks, faults, err := audit.ReadMarks(strings.NewReader(good.JWS+"\n"+test.line+"\n"), []*audit.Key{public})
			if err != nil || len(marks) != 1 || len(faults) != 1 || !strings.HasPrefix(faults[0].Reason, test.want) {
				t.Errorf("%v, %v, %v", marks, faults, err)
			}
		})
	}
}

func TestMarksAreKeptInAFile(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	key, public := curve(t)
	file := filepath.Join(t.TempDir(), "data", "marks")
	for range 3 {
		mark, err := logbook.MarkEnd(t.Context(), s, key, audit.Party{})
		if err == nil {
			err = audit.KeepMark(file, mark)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	marks, faults, err := audit.ReadMarks(content, []*audit.Key{public})
	if err != nil || len(faults) > 0 || len(marks) != 3 {
		t.Fatal(marks, faults, err)
	}
	if v := verify(t, s, marks...); !v.Sound() || v.Marks != 3 {
		t.Errorf("%+v", v)
	}
	if info, err := content.Stat(); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

func FuzzReadMarks(f *testing.F) {
	key, public := curve(f)
	s := storetest.Open(f, storetest.URL(f, "sqlite"), storetest.Keys(f))
	good, err := logbook.MarkEnd(f.Context(), s, key, audit.Party{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good.JWS)
	f.Add(good.JWS + "\n\n" + good.JWS)
	f.Add("e30.e30.e30")
	f.Add("\x00")
	f.Fuzz(func(t *testing.T, lines string) {
		marks, _, err := audit.ReadMarks(strings.NewReader(lines), []*audit.Key{public})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range marks {
			if m.Seq != good.Seq || m.Hash != good.Hash {
				t.Errorf("a mark that was never made: %+v", m)
			}
		}
	})
}

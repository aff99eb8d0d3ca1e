//go:build containers

package containers

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/network"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"

	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// hospital is an installation: a database, a registry to deliver to, and the folder with
// settings and keys that nodes share.
type hospital struct {
	*engine
	db       *sql.DB
	registry string // base URL of the FHIR server
	folder   string // on this machine; in the nodes it is /site
}

// password of the database. Nobody but this machine reaches it, for as long as the test runs.
const password = "pijnpoort"

// imageUser is the user of Pijnpoort's image.
const imageUser = 65532

func newHospital(t *testing.T) *hospital {
	t.Helper()
	h := &hospital{engine: newEngine(t), folder: t.TempDir()}
	database := h.postgres()
	h.fhirServer()
	h.write("pijnpoort.yaml", fmt.Sprintf(`
database: %s
registry:
  clinic: http://fhir.nl/fhir/NamingSystem/agb-z|06010101
  name: Pijncentrum Voorbeeld
  pseudonymKeys: /site/pseudonym-keys.yaml
  store: {keys: /site/registry.keys}
  targets: [{name: registry, url: "%s", shape: transaction}]
`, database, h.registry))
	if _, _, err := store.LoadOrMakeKeys(filepath.Join(h.folder, "registry.keys")); err != nil {
		t.Fatal(err)
	}
	if _, err := pseudonym.Create(filepath.Join(h.folder, "pseudonym-keys.yaml"), "2026-1"); err != nil {
		t.Fatal(err)
	}
	h.handOver()
	return h
}

func (h *hospital) write(name, content string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.folder, name), []byte(content), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// handOver gives the folder to the user of the image. Who may not do that runs the nodes
// as himself.
func (h *hospital) handOver() {
	h.t.Helper()
	if os.Getuid() != 0 {
		return
	}
	files, err := filepath.Glob(filepath.Join(h.folder, "*"))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, file := range append(files, h.folder) {
		if err := os.Chown(file, imageUser, imageUser); err != nil {
			h.t.Fatal(err)
		}
	}
}

// postgres starts the database, and gives its URL.
func (h *hospital) postgres() string {
	h.t.Helper()
	port := freePort(h.t)
	url := fmt.Sprintf("postgres://pijnpoort:%s@127.0.0.1:%d/postgres?sslmode=disable", password, port)
	h.run(testcontainers.ContainerRequest{
		Image: postgresImage,
		Env:   map[string]string{"POSTGRES_USER": "pijnpoort", "POSTGRES_PASSWORD": password},
		Cmd:   []string{"postgres", "-p", fmt.Sprint(port), "-c", "listen_addresses=127.0.0.1"},
		WaitingFor: wait.ForSQL(tcp(port), "pgx", func(string, network.Port) string { return url }).
			WithStartupTimeout(startTime),
	})
	var err error
	if h.db, err = sql.Open("pgx", url); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = h.db.Close() })
	return url
}

// fhirServer starts the server that is delivered to.
func (h *hospital) fhirServer() {
	h.t.Helper()
	port := freePort(h.t)
	h.registry = fmt.Sprintf("http://127.0.0.1:%d/fhir", port)
	h.run(testcontainers.ContainerRequest{
		Image:      fhirImage,
		Env:        map[string]string{"SERVER_PORT": fmt.Sprint(port), "JAVA_TOOL_OPTIONS": "-Xmx1g"},
		WaitingFor: answers(h.registry + "/metadata"),
	})
}

// node is one Pijnpoort.
type node struct {
	testcontainers.Container
	url string
}

// node starts one, as the image starts by itself: it takes in, and delivers.
func (h *hospital) node() *node {
	h.t.Helper()
	addr := fmt.Sprintf("127.0.0.1:%d", freePort(h.t))
	environment := map[string]string{"PIJNPOORT_CONFIG": "/site/pijnpoort.yaml", "PIJNPOORT_ADDR": addr}
	user := ""
	if os.Getuid() != 0 {
		user, environment["PIJNPOORT_DATA"] = fmt.Sprintf("%d:%d", os.Getuid(), os.Getgid()), "/site"
	}
	c := h.run(testcontainers.ContainerRequest{
		Image: pijnpoortImage, Env: environment,
		ConfigModifier: func(c *container.Config) { c.User = user },
		WaitingFor:     answers("http://" + addr + "/readyz"),
	}, h.folder+":/site:ro")
	return &node{c, "http://" + addr}
}

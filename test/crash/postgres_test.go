//go:build crash

package crash

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// cluster is a PostgreSQL server of our own.
type cluster struct {
	t      *testing.T
	folder string
	port   string
	as     *syscall.SysProcAttr // PostgreSQL refuses to run as root
	run    *exec.Cmd
}

// programFolders are where distributions put PostgreSQL's programs.
var programFolders = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"}

func postgresProgram(name string) string {
	for _, pattern := range programFolders {
		if found, _ := filepath.Glob(filepath.Join(pattern, name)); len(found) > 0 {
			return found[len(found)-1]
		}
	}
	return name
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	folder, err := os.MkdirTemp("", "postgres")
	if err != nil {
		t.Fatal(err)
	}
	c := &cluster{t: t, folder: folder, port: freePort(t)}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Fatalf("PostgreSQL does not run as root: %v", err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(folder, uid, gid); err != nil {
			t.Fatal(err)
		}
		c.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	initdb := exec.Command(postgresProgram("initdb"), "-D", filepath.Join(folder, "data"), "-A", "trust", "-U", "pijnpoort", "-E", "UTF8", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = c.as, folder
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	c.start()
	t.Cleanup(c.kill)
	return c
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// start starts the server and waits until it answers.
func (c *cluster) start() {
	c.t.Helper()
	c.run = exec.Command(postgresProgram("postgres"), "-D", filepath.Join(c.folder, "data"), "-p", c.port, "-h", "127.0.0.1", "-k", c.folder)
	c.run.SysProcAttr, c.run.Dir = c.as, c.folder
	if err := c.run.Start(); err != nil {
		c.t.Fatal(err)
	}
	deadline := time.Now().Add(30 * time.Second)
	for {
		ready := exec.Command(postgresProgram("pg_isready"), "-h", "127.0.0.1", "-p", c.port)
		if ready.Run() == nil {
			return
		}
		if time.Now().After(deadline) {
			c.t.Fatal("PostgreSQL does not start")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// kill ends the server at once, as a crash does.
func (c *cluster) kill() {
	_ = c.run.Process.Signal(syscall.SIGQUIT) // "immediate shutdown": no checkpoint; the next start recovers
	_ = c.run.Wait()
}

// url is that of the database.
func (c *cluster) url() string {
	return fmt.Sprintf("postgres://pijnpoort@127.0.0.1:%s/postgres?sslmode=disable", c.port)
}

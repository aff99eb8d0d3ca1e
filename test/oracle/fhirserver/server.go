//go:build oracle || crash || containers

package fhirserver

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Server is a FHIR server that runs as a process of its own.
type Server struct {
	URL     string // base, without a slash at the end
	process *exec.Cmd
}

// Start starts a server on a free port, with its database in a folder that exists, or in
// memory when that is empty, and returns when it answers. Its warnings go to standard
// error. The end of the context kills it.
func Start(ctx context.Context, folder string) (*Server, error) {
	return StartAt(ctx, "0", folder)
}

// StartAt is Start on a given port of loopback.
func StartAt(ctx context.Context, port, folder string) (*Server, error) {
	_, file, _, _ := runtime.Caller(0)
	args := []string{port}
	if folder != "" {
		args = append(args, folder)
	}
	process := exec.CommandContext(ctx, filepath.Join(filepath.Dir(file), "start"), args...)
	process.Stderr = os.Stderr
	out, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, fmt.Errorf("FHIR server: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("FHIR server ended before it answered: %w", process.Wait())
	}
	return &Server{URL: strings.TrimSpace(line), process: process}, nil
}

// Stop kills the server and waits for its end. What it has answered is in its folder.
func (s *Server) Stop() {
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
}

//go:build crash || containers

// Worker delivers, as a node of its own that can be killed.
package main

import (
	"fmt"
	"os"

	"github.com/pijnpoort/pijnpoort/test/crash/site"
)

func main() {
	if err := site.Work(); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

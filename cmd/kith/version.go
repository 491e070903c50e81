package main

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph/sdl"
)

// What git tells `make build`, which a work tree and GOFLAGS=-buildvcs=false keep from Go. Without it, Go's own record is read.
var release, revision string

// build is what a binary knows of what it was built from.
type build struct{ Version, Commit string }

// built reads the binary's own record.
func built() build {
	info, _ := debug.ReadBuildInfo() // nil where there is none
	return builtFrom(release, revision, info)
}

func builtFrom(release, revision string, info *debug.BuildInfo) build {
	b := build{release, revision}
	if info != nil && b == (build{}) {
		b.Version = info.Main.Version
		settings := map[string]string{}
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		b.Commit = settings["vcs.revision"]
		if settings["vcs.modified"] == "true" {
			b.Commit += "-dirty"
		}
	}
	return build{cmp.Or(b.Version, "(devel)"), cmp.Or(b.Commit, "unknown")}
}

type versionCmd struct{}

// Run prints the version, the commit, and the hash of what `kith schema` prints.
func (versionCmd) Run(p *program) error { return printVersion(p.out) }

type versionFlag bool

// BeforeReset does what the command does, before kong asks for a command.
func (versionFlag) BeforeReset(app *kong.Kong) error {
	err := printVersion(app.Stdout)
	if err == nil {
		app.Exit(0)
	}
	return err
}

func printVersion(w io.Writer) error {
	text, err := schemaText()
	if err != nil {
		return err
	}
	b := built()
	commit, modified := strings.CutSuffix(b.Commit, "-dirty")
	if modified {
		commit += " (modified)"
	}
	_, err = fmt.Fprintf(w, "kith   %s\ncommit %s\nschema sha256:%x\n", b.Version, commit, sha256.Sum256(text))
	return err
}

type schemaCmd struct{}

// Run prints the whole schema.
func (schemaCmd) Run(p *program) error {
	text, err := schemaText()
	if err != nil {
		return err
	}
	_, err = p.out.Write(text)
	return err
}

func schemaText() ([]byte, error) {
	_, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return nil, fmt.Errorf("schema.graphqls: %w", err)
	}
	return []byte(sdl.Print(schema)), nil
}

// Command kith serves a company's customers as a graph, through GraphQL. It wires the stores, the resolvers and the server
// together, and may import them all.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/kithgraph/kith/graph"
)

// cli is the whole configuration: flags over environment (KITH_…) over the file that --config names.
type cli struct {
	Config      configFlag  `help:"Read flags from a YAML file: their names without dashes before them." placeholder:"FILE"`
	ShowVersion versionFlag `name:"version" env:"-" help:"Print what kith version prints."`

	Serve       serveCmd       `cmd:"" help:"Serve GraphQL, and the explorer."`
	Demo        demoCmd        `cmd:"" help:"Load the demonstration world; again: add what is new."`
	Ingest      ingestCmd      `cmd:"" help:"Load CSV or JSON Lines files as a mapping says."`
	Explain     explainCmd     `cmd:"" help:"Print the statements of a query, their parameters and the database's plan."`
	Export      exportCmd      `cmd:"" help:"Print all rows of a query's connection, as JSON Lines or CSV."`
	Policy      policyCmd      `cmd:"" help:"Check a policy, or show the one in force as a table."`
	Token       tokenCmd       `cmd:"" help:"Sign a token, for development."`
	Disclosures disclosuresCmd `cmd:"" help:"Print who was told what of a customer."`
	Pseudonym   pseudonymCmd   `cmd:"" help:"Print the id that somebody is shown instead of another, or the other way round."`
	Retain      retainCmd      `cmd:"" help:"Remove what has outlived the periods of the policy, or say what would be removed."`
	Check       checkCmd       `cmd:"" help:"List the values that break rules of the schema."`
	Eval        evalCmd        `cmd:"" help:"Hold a formula to data of which the truth is known."`
	Schema      schemaCmd      `cmd:"" help:"Print the whole GraphQL schema."`
	Version     versionCmd     `cmd:"" help:"Print the version, the commit, and the schema's hash."`
}

// program is what the commands share, so that tests can stand in for the terminal.
type program struct {
	ctx      context.Context
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main without the process: it gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c, kong.Name("kith"), kong.Description("Customers as a graph: each caller sees the slice that is relevant to its purpose."),
		kong.DefaultEnvars("KITH"), vars, kong.ValueFormatter(withDefault), kong.Configuration(readConfiguration), kong.Writers(stdout, stderr), kong.UsageOnError(),
		kong.Exit(func(code int) { exit = code }))
	if err != nil {
		fmt.Fprintln(stderr, "kith:", err)
		return 2
	}
	k, err := parser.Parse(joined(args))
	if exit >= 0 { // help or the version was asked for
		return exit
	}
	if err == nil {
		err = checkEnvironment(parser.Model, os.Environ())
	}
	if err != nil {
		fmt.Fprintln(stderr, "kith:", inWords(err))
		return 2
	}
	if err := k.Run(&program{ctx, stdout, stderr}); err != nil {
		fmt.Fprintln(stderr, "kith:", inWords(err))
		return 1
	}
	return 0
}

// vars are what tags of flags name.
var vars = kong.Vars{"purposes": strings.ReplaceAll(list(graph.Consentable), " ", ""), "oidcScope": oidcScope, "tokens": tokens}

// inWords is an error as it is printed: the system's own about a file that is not there are those of a programmer.
func inWords(err error) string {
	if file := (*fs.PathError)(nil); errors.As(err, &file) && errors.Is(file, fs.ErrNotExist) {
		return strings.Replace(err.Error(), file.Error(), "there is no file or folder "+file.Path, 1)
	}
	return err.Error()
}

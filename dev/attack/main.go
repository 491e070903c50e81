// Command attack tries to learn from a running Kith what is withheld from a purpose, and prints what it tried and what it learnt. It knows
// the truth, since it may ask for COMPLIANCE, too: each attack is a question whose answer would tell whether a guess is right, asked
// with the right guess and with a wrong one. It imports the standard library alone: it is a client like any other.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
	"time"
)

const usage = `usage: attack [flags]

Attacks a Kith that is started for it with the demonstration world, or the one that --server names. It reads only, unless --writes is
given or it has started the server itself. It exits with 1 where something was learnt, and with 2 where an attack that was to be tried
could not be.
`

func main() {
	var o options
	f := flag.NewFlagSet("attack", flag.ExitOnError)
	f.Usage = func() { fmt.Fprint(f.Output(), usage, "\n"); f.PrintDefaults() }
	f.StringVar(&o.server, "server", "", "address of a running Kith, as http://127.0.0.1:8080; none: one is started")
	f.StringVar(&o.kith, "kith", "bin/kith", "the program to start")
	f.StringVar(&o.purpose, "purpose", "SALES", "what the attacker may ask for: SALES or MARKETING")
	f.StringVar(&o.token, "token", "", "the attacker's token, where the server takes tokens")
	f.StringVar(&o.officer, "officer-token", "", "a token for COMPLIANCE, by which the truth is known")
	f.BoolVar(&o.writes, "writes", false, "change victims, and try to lift an objection, too, which changes the data where it succeeds")
	f.Parse(os.Args[1:])
	learnt, err := o.run(context.Background(), os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "attack:", err)
		os.Exit(2)
	case learnt:
		os.Exit(1)
	}
}

type options struct {
	server, kith, purpose, token, officer string
	writes                                bool
}

func (o options) run(ctx context.Context, out io.Writer) (learnt bool, err error) {
	if o.server == "" {
		stop, err := o.start(ctx)
		if err != nil {
			return false, err
		}
		defer stop()
	}
	a := &attacker{base: o.server, purpose: o.purpose, tokens: map[string]string{o.purpose: o.token, truth: o.officer}, writes: o.writes, most: 20}
	if err := a.find(ctx); err != nil {
		return false, err
	}
	fmt.Fprintf(out, "%d persons have objected to %s, of whom nothing may be learnt.\n\n", len(a.victims), o.purpose)
	return a.report(ctx, out)
}

// report tries all attacks and prints a line for each.
func (a *attacker) report(ctx context.Context, out io.Writer) (learnt bool, err error) {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "attack\trequests\tlearnt")
	var missing []error
	for _, at := range attacks {
		before := a.asked
		found, err := at.try(ctx, a)
		line := "nothing"
		switch {
		case errors.Is(err, errNotTried):
			line = err.Error()
		case err != nil:
			return learnt, fmt.Errorf("%s: %w", at.name, err)
		case a.asked == before:
			err = fmt.Errorf("%s: nothing was there to try it on", at.name)
			line, missing = "not tried: nothing was there to try it on", append(missing, err)
		case len(found) > 0:
			line, learnt = found[0], true
			if n := len(found) - 1; n > 0 {
				line += fmt.Sprintf(" (and %d more)", n)
			}
		}
		fmt.Fprintf(t, "%s\t%d\t%s\n", at.name, a.asked-before, line)
	}
	if err := t.Flush(); err != nil {
		return learnt, err
	}
	return learnt, errors.Join(missing...)
}

// start runs the program on the demonstration world, in a folder that goes with it.
func (o *options) start(ctx context.Context) (stop func(), err error) {
	dir, err := os.MkdirTemp("", "kith-attack")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := l.Addr().String()
	l.Close()
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	store := "sqlite:" + filepath.Join(dir, "kith.db")
	if text, err := exec.CommandContext(ctx, o.kith, "demo", "--store", store).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s demo: %w\n%s", o.kith, err, text)
	}
	cmd := exec.CommandContext(ctx, o.kith, "serve", "--store", store, "--addr", addr)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	o.server, o.writes = "http://"+addr, true
	stop = func() {
		cmd.Process.Signal(os.Interrupt)
		<-ended
		log.Close()
		os.RemoveAll(dir)
	}
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		select {
		case err := <-ended:
			text, unread := os.ReadFile(log.Name())
			return nil, errors.Join(fmt.Errorf("%s ended: %v\n%s", o.kith, err, text), unread)
		default:
		}
		if ready(ctx, o.server) {
			return stop, nil
		}
	}
	stop()
	return nil, fmt.Errorf("%s is not ready after five minutes", o.kith)
}

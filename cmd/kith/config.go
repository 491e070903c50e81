package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"

	"github.com/kithgraph/kith/graph/yaml"
)

// configFlag is the flag --config, which its errors name.
type configFlag kong.ConfigFlag

// BeforeResolve reads the file before other flags are looked up in it.
func (configFlag) BeforeResolve(app *kong.Kong, ctx *kong.Context, trace *kong.Path) error {
	path, _ := ctx.FlagValue(trace.Flag).(configFlag)
	flags, err := app.LoadConfig(string(path))
	if missing := (*fs.PathError)(nil); errors.As(err, &missing) { // which names the file
		return fmt.Errorf("--config: %w", err)
	}
	if err != nil {
		return fmt.Errorf("--config: %s: %w", path, err)
	}
	ctx.AddResolver(flags)
	return nil
}

// joined has a number below zero stand in one argument with its flag: alone it would be taken for short flags, of which there are none.
func joined(args []string) (out []string) {
	for i, a := range args {
		if a == "--" {
			return append(out, args[i:]...)
		}
		if last := len(out) - 1; last >= 0 && belowZero.MatchString(a) && strings.HasPrefix(out[last], "--") && !strings.Contains(out[last], "=") {
			out[last] += "=" + a
			continue
		}
		out = append(out, a)
	}
	return out
}

var belowZero = regexp.MustCompile(`^-[0-9.]`)

// withDefault is the help of a flag with the default that its placeholder hides.
func withDefault(v *kong.Value) string {
	help := kong.DefaultHelpValueFormatter(v)
	if v.Tag.PlaceHolder != "" && v.Default != "" && v.Default != v.Tag.PlaceHolder {
		help += " Without: " + v.Default + "."
	}
	return help
}

// configuration are the flags that a file sets, by their names in the file.
type configuration map[string]any

// readConfiguration reads a file of flags. Numbers stay as they are written, for the flag to read.
func readConfiguration(r io.Reader) (kong.Resolver, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	values, err := asJSON(text)
	return configuration(values), err
}

// asJSON reads YAML, and so JSON, too, as a request would have it: with numbers as they are written.
func asJSON(text []byte) (values map[string]any, err error) {
	if err := yaml.Read(text, &values); err != nil {
		return nil, err
	}
	b, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	values = nil
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return values, d.Decode(&values)
}

// spellings are how a file may name a flag.
func spellings(flag string) []string {
	words := strings.Split(flag, "-")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	return []string{flag, strings.ReplaceAll(flag, "-", "_"), strings.Join(words, "")}
}

// command are the flags that stand in a command alone: a file that says what is to be done instead would be no configuration.
var command = []string{"help", "version", "config"}

// Validate refuses what is the name of no flag of any command, what is one flag twice, and what has no value.
func (c configuration) Validate(app *kong.Application) error {
	of := map[string]string{}
	for _, flag := range flags(app) {
		for _, s := range spellings(flag.Name) {
			of[s] = flag.Name
		}
	}
	var errs []error
	seen := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(c)) {
		flag, is := of[key]
		if !is {
			errs = append(errs, fmt.Errorf("--config: there is no flag %q%s", key, maybe(key, slices.Collect(maps.Keys(of)))))
			continue
		}
		if before, twice := seen[flag]; twice {
			errs = append(errs, fmt.Errorf("--config: %s and %s are one flag", before, key))
		}
		seen[flag] = key
		if c[key] == nil {
			errs = append(errs, fmt.Errorf("--config: %s has no value; leave the line out, or give it one", key))
		}
	}
	return errors.Join(errs...)
}

// Resolve gives a flag what the file says, unless the environment says something: kong would let the file win.
func (c configuration) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return nil, nil
		}
	}
	if slices.Contains(command, flag.Name) {
		return nil, nil
	}
	for _, s := range spellings(flag.Name) {
		switch v := c[s].(type) {
		case nil:
		case json.Number:
			return v.String(), nil
		case map[string]any:
			return nil, fmt.Errorf("--config: %s takes a text, a number, true or false, not an object", s)
		case []any:
			if !flag.IsSlice() {
				return nil, fmt.Errorf("--config: %s takes one value, not a list of %d", s, len(v))
			}
			return v, nil
		default:
			return v, nil
		}
	}
	return nil, nil
}

// flags are those of all commands that a file or the environment may set, each name as often as commands have it.
func flags(app *kong.Application) (all []*kong.Flag) {
	for _, n := range append([]*kong.Node{app.Node}, app.Leaves(false)...) {
		all = append(all, n.Flags...)
	}
	return slices.DeleteFunc(all, func(f *kong.Flag) bool { return slices.Contains(command, f.Name) })
}

// others begin variables that are no flags, though they begin as ours do: what Kubernetes and Docker tell of a service that is called
// kith, what images tell of themselves, and what Kith's own tests and tools read.
var others = []string{"KITH_SERVICE_", "KITH_PORT", "KITH_VERSION", "KITH_TEST_", "KITH_REQUIRE_", "KITH_NEO4J_", "KITH_DATA"}

// checkEnvironment refuses a variable that is meant for Kith and sets nothing, as a misspelt KITH_AUTH_SECRET would leave the server
// open to everybody.
func checkEnvironment(app *kong.Application, environment []string) error {
	known := []string{"KITH_CONFIG"}
	for _, f := range flags(app) {
		known = append(known, f.Envs...)
	}
	var errs []error
	for _, pair := range environment {
		name, _, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "KITH_") || slices.Contains(known, name) || slices.ContainsFunc(others, func(o string) bool { return strings.HasPrefix(name, o) }) {
			continue
		}
		errs = append(errs, fmt.Errorf("there is no flag for the environment variable %s%s", name, maybe(name, known)))
	}
	return errors.Join(errs...)
}

// maybe asks whether the nearest of some names was meant, if one is near.
func maybe(name string, have []string) string {
	slices.Sort(have)
	best, least := "", max(1, len(name)/3)+1
	for _, h := range have {
		if d := levenshtein.ComputeDistance(name, h); d < least {
			best, least = h, d
		}
	}
	if best == "" {
		return ""
	}
	return ": is it " + best + "?"
}

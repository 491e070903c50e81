package ingest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
)

// event is one of XES.
func event(name, at string) string {
	text := "<event>"
	if name != "" {
		text += `<string key="concept:name" value="` + name + `"><string key="concept:name" value="below it"/></string>`
	}
	if at != "" {
		text += `<date key="time:timestamp" value="` + at + `"/>`
	}
	return text + `<string key="org:resource" value="Pete"/></event>`
}

const (
	noon  = "2011-01-06T12:00:00.000+01:00"
	title = `<string key="concept:name" value="3"/>`
)

func TestARowOfAnEventLogIsAnEvent(t *testing.T) {
	for _, c := range []struct {
		name, log string
		want      []string
		err       string
	}{
		{"events have their places in the trace", `<log><global scope="event"><string key="concept:name" value="x"/></global><trace>` + title + event("a", noon) + event("b", noon) + `</trace></log>`,
			[]string{"3 1 a " + noon, "3 2 b " + noon}, ""},
		{"two traces of one name are one case", `<log><trace>` + title + event("a", noon) + `</trace><trace>` + title + event("b", noon) + `</trace></log>`,
			[]string{"3 1 a " + noon, "3 2 b " + noon}, ""},
		{"a trace without a name has none of the one before", `<log><trace>` + title + event("a", noon) + `</trace><trace>` + event("b", noon) + `</trace></log>`,
			[]string{"3 1 a " + noon, "the trace has no concept:name before its events"}, ""},
		{"an event without a time, and one without a name", `<log><trace>` + title + event("a", "") + event("", noon) + `</trace></log>`,
			[]string{"the event has no time:timestamp", "the event has no concept:name"}, ""},
		{"a trace without events", `<log><trace>` + title + `<string key="r" value="N"/></trace><trace>` + title + event("a", noon) + `</trace><trace/></log>`,
			[]string{"3 <nil> <nil> <nil>", "3 1 a " + noon, "the trace has no concept:name"}, ""},
		{"a trace without events of which something cannot be right", `<log><trace>` + title + `<int key="n" value="1.5"/></trace></log>`,
			[]string{`the attribute "n" must be an integer: "1.5"`}, ""},
		{"no trace", `<log/>`, nil, ""},
		{"half a log", `<log><trace>` + title + event("a", noon), []string{"3 1 a " + noon}, "unexpected EOF"},
		{"no XML", `case,activity`, nil, ""},
		{"an entity of its own", `<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log><trace><string key="concept:name" value="&x;"/></trace></log>`, nil, "invalid character entity &x;"},
	} {
		for _, packed := range []bool{false, true} {
			t.Run(fmt.Sprint(c.name, ", packed: ", packed), func(t *testing.T) {
				path, text := filepath.Join(t.TempDir(), "log.xes"), []byte(c.log)
				if packed {
					var b bytes.Buffer
					w := gzip.NewWriter(&b)
					w.Write(text)
					require.NoError(t, w.Close())
					path, text = path+".gz", b.Bytes()
				}
				require.NoError(t, os.WriteFile(path, text, 0o600))
				var n int64
				in, file, err := open(path, File{}, nil, &n)
				require.NoError(t, err)
				defer file.Close()
				var rows []string
				for {
					var r row
					if r, err = in.next(); err != nil {
						break
					}
					if r.err != nil {
						rows = append(rows, r.err.Error())
						continue
					}
					rows = append(rows, fmt.Sprint(r.values["case"], " ", r.values["position"], " ", r.values["activity"], " ", r.values["time"]))
				}
				assert.Equal(t, c.want, rows)
				if c.err == "" {
					c.err = "EOF"
				}
				assert.ErrorContains(t, err, c.err)
			})
		}
	}
}

func TestAnEventLogNeedsNoMapping(t *testing.T) {
	cat := graphtest.Catalog(t)
	for _, c := range []struct {
		name  string
		paths []string
		err   string
	}{
		{"a log", []string{"a/helpdesk.xes"}, ""},
		{"a log that is packed", []string{"Helpdesk-2.XES.GZ"}, ""},
		{"a table", []string{"a/helpdesk.csv"}, "a mapping is needed for a/helpdesk.csv, which is no event log (.xes, .xes.gz or .jsonocel)"},
		{"a log without a name", []string{".xes"}, "a mapping is needed for .xes"},
		{"a log whose name is no source's", []string{"help desk.xes"}, `the name of an event log is that of its source: source: "help desk" is not a name of letters`},
		{"two logs", []string{"a.xes", "b.xes"}, "2 paths are given: without a mapping one event log is loaded at a time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := LogMapping(c.paths, cat)
			if c.err != "" {
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "helpdesk", strings.ToLower(m.Source)[:8])
			assert.Equal(t, filepath.Base(c.paths[0]), m.Files[0].Name)
		})
	}
}

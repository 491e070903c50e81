package ingest

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const ocelTypesGiven = `{"objectTypes": [{"name": "o", "attributes": [{"name": "n", "type": "integer"}, {"name": "f", "type": "float"}]}],
	"eventTypes": [{"name": "e", "attributes": [{"name": "s", "type": "string"}, {"name": "b", "type": "boolean"}, {"name": "t", "type": "time"}]}],
	`

// rowsOfLog are the rows of a file, as "line what there is", and what ended it.
func rowsOfLog(t *testing.T, text string) (rows []string, ended error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.jsonocel")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	var n int64
	in, file, err := open(path, File{}, nil, &n)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for {
		r, err := in.next()
		if err != nil {
			return rows, err
		}
		if r.err != nil {
			rows = append(rows, fmt.Sprint(r.line, " ", r.err))
			continue
		}
		said := []string{fmt.Sprint(r.line)}
		for _, column := range in.columns() {
			if v := r.values[column]; v != nil {
				said = append(said, fmt.Sprint(column, "=", v))
			}
		}
		rows = append(rows, strings.Join(said, " "))
	}
}

func TestARowOfAnObjectLogIsAnObjectOrAnEventOrARelationship(t *testing.T) {
	const at = `"time": "2026-03-01T08:00:00Z"`
	for _, c := range []struct {
		name, log string
		want      []string
		err       string
	}{
		{"objects, events and what these are about", ocelTypesGiven + `"objects": [
			{"id": "x", "type": "o", "attributes": [{"name": "n", "time": "1970-01-01T00:00:00Z", "value": "500"}], "relationships": [{"objectId": "y", "qualifier": "of"}]},
			{"id": "y", "type": "o"}
			], "more": [{"objects": []}],
			"events": [{"id": "1", "type": "e", ` + at + `, "relationships": [{"objectId": "x", "qualifier": "a"}, {"objectId": "x", "qualifier": "b"}, {"objectId": "y"}]},
			{"id": "2", "type": "e", ` + at + `, "attributes": [{"name": "s", "value": ""}, {"name": "b", "value": false}, {"name": "t", "value": "2026-03-01T09:00:00+01:00"}]}]}`,
			[]string{
				`4 object=x type=o attributes=[{"name":"n","number":500,"at":"1970-01-01T00:00:00Z"} {"name":"of","object":"y"}]`,
				`5 object=y type=o`,
				`7 event=1 position=1 time=2026-03-01T08:00:00Z activity=e attributes=[{"name":"a","object":"x"} {"name":"b","object":"x"} {"name":"","object":"y"}]`,
				`7 event=1 about=x`, `7 event=1 about=y`,
				`8 event=2 position=2 time=2026-03-01T08:00:00Z activity=e attributes=[{"name":"b","boolean":false} {"name":"t","time":"2026-03-01T08:00:00Z"}]`,
			}, ""},
		{"types behind what is of them", `{"objects": [{"id": "x", "type": "o", "attributes": [{"name": "f", "value": 2}]}], "events": [], "eventTypes": [], "objectTypes": [{"name": "o", "attributes": [{"name": "f", "type": "float"}]}]}`,
			[]string{`1 object=x type=o attributes=[{"name":"f","number":2.0}]`}, ""},
		{"what is wrong with an element is named", ocelTypesGiven + `"objects": [{"type": "o"}, {"id": "x", "type": "p"}, {"id": "x", "type": "o", "attributes": [{"name": "n", "value": "many"}]},
			{"id": "x", "type": "o", "attributes": [{"name": "m", "value": 1}]}, {"id": "x", "type": "o", "attributes": {}}, {"id": "x", "type": "o", "attributes": [1]},
			{"id": "x", "type": "o", "attributes": [{"name": "n", "time": "now", "value": 1}]}, {"id": ["x"], "type": "o"}, {"id": "x", "id": "y", "type": "o"}],
			"events": [{"id": "1", "type": "e"}, {"id": "1", "type": "e", ` + at + `, "relationships": [{"qualifier": "of"}]}, 7]}`,
			[]string{`3 id is missing`, `3 type must be one of objectTypes: "p"`, `3 attributes[0]: the attribute "n" must be an integer: "many", in the type "o" of objectTypes`,
				`4 attributes[0]: "m" is not declared, in the type "o" of objectTypes`, `4 attributes must be a list: map[]`, `4 attributes[0] must be an object: 1`,
				`5 attributes[0]: time: "now" is not an instant such as 2026-01-31T09:30:00Z, in the type "o" of objectTypes`, `5 id: a list is not one value: name the element that is meant, or join it`, `5 the key "id" is there twice`,
				`6 time is missing`, `6 relationships[0].objectId is missing`, `6 the line is not one JSON object`}, ""},
		{"no object", `[]`, nil, "a log must begin with {: ["},
		{"no list", ocelTypesGiven + `"objects": {}}`, nil, "line 3: objects must begin with [: {"},
		{"half a log", ocelTypesGiven + `"objects": [{"id": "x", "type": "o"}`, []string{`3 object=x type=o`}, "unexpected EOF"},
		{"a type of no type", `{"objectTypes": [{"name": "o", "attributes": [{"name": "n", "type": "number"}]}]}`, nil, `objectTypes: o.n: type must be string, time, integer, float or boolean: "number"`},
		{"a type twice", `{"eventTypes": [{"name": "e"}, {"name": "e"}]}`, nil, `eventTypes: name must be there, and once: "e"`},
		{"something behind the log", ocelTypesGiven + `"objects": []} {}`, nil, "there is something behind the log"},
		{"nothing", ``, nil, "log.jsonocel: unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, err := rowsOfLog(t, c.log)
			assert.Equal(t, c.want, rows)
			if c.err == "" {
				assert.Equal(t, io.EOF, err)
			} else {
				assert.ErrorContains(t, err, c.err)
			}
		})
	}
}

func TestALogIsReadInBoundedMemory(t *testing.T) {
	long := strings.Repeat("x", 32<<20)
	for name, text := range map[string]string{
		"an object":       ocelTypesGiven + `"objects": [{"id": "` + long + `"}]}`,
		"what is skipped": `{"more": "` + long + `"}`,
		"declarations":    `{"objectTypes": [{"name": "` + long + `"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log.jsonocel")
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var n int64
			in, file, err := open(path, File{}, nil, &n)
			if err == nil {
				defer file.Close()
				_, err = in.next()
			}
			runtime.ReadMemStats(&after)
			assert.ErrorContains(t, err, "a value has more than 8388608 bytes")
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(40<<20))
		})
	}
	t.Run("lines that are read over", func(t *testing.T) {
		values, lines := bounded(strings.NewReader(`{"more": [` + strings.Repeat("1e999,\n", 1<<20) + `1], "objects": []}`))
		require.NoError(t, opens(values, '{', "a log"))
		_, err := values.Token()
		require.NoError(t, err)
		require.NoError(t, skipValue(values, lines))
		assert.Less(t, cap(lines.ends), 1<<16)
		assert.Equal(t, 1<<20+1, lines.at(values.InputOffset()))
	})
	t.Run("an element that is too long costs itself alone", func(t *testing.T) {
		rows, err := rowsOfLog(t, ocelTypesGiven+`"objects": [{"id": "`+strings.Repeat("x", 2<<20)+`"}, {"id": "y", "type": "o"}]}`)
		assert.Equal(t, io.EOF, err)
		assert.Equal(t, []string{"3 it has more than 1048576 bytes", "3 object=y type=o"}, rows)
	})
}

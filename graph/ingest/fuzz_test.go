package ingest

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
)

// FuzzAMappingIsReadAsItIsWritten reads any text as a mapping. What is wrong with it is told with its place, and what is
// accepted is the same when it is written out and read again.
func FuzzAMappingIsReadAsItIsWritten(f *testing.F) {
	cat := graphtest.Catalog(f)
	for _, name := range []string{"northwind", "maven_crm"} {
		text, err := os.ReadFile("mappings/" + name + ".yaml")
		require.NoError(f, err)
		f.Add(text)
	}
	whole := func(old, new string) {
		s := strings.Replace(accounts, old, new, 1)
		require.True(f, s != accounts || old == new)
		f.Add([]byte(s))
	}
	whole("", "")
	whole("share: share", "share: {is: share, or: null}")
	whole("id: id, set", "id: 'id +', set")
	whole("id: id, set", "id: 'id + nosuch(1)', set")
	whole("accountStage: 'translate(", "accountStage: 'translate(1, money(")
	whole("when: parent != nil", `when: 'row["a b"] ?? nil'`)
	whole("missing: [\"-\"]", "missing: [~, 1, .nan, 'é']")
	whole("{values: {c: CUSTOMER}}", "{file: t.csv, key: a, value: b}")
	whole("file: a.csv", "file: ../a.csv")
	whole("file: a.csv", "file: ..")
	whole("file: a.csv", "separator: '\"'\n    file: a.jsonl")
	whole("source: test", "source: &s test\n")
	f.Add([]byte("files: [[]]"))
	f.Add([]byte("source: x\nfiles:\n- *a"))
	f.Add([]byte(accounts + "---\n" + accounts))
	// A place is a line and a column, a key or an element of a list.
	place := regexp.MustCompile(`^(\[\d+:\d+\] |(source|missing|tables|files)[:.\[]|a second document begins)`)
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := Parse(text, cat)
		if err != nil {
			require.Nil(t, m, "half a mapping is none")
			require.Regexp(t, place, err.Error())
			if _, again := Parse(text, cat); !strings.HasPrefix(err.Error(), "[") { // the reader of YAML tells any of several unknown keys
				require.EqualError(t, again, err.Error(), "the same is told each time")
			}
			return
		}
		for _, file := range m.Files {
			for _, late := range []bool{false, true} {
				_, err := m.maker(file, nil, map[string]map[string]string{}, late)
				require.NoError(t, err, "an expression that was checked")
			}
			separated := csv.NewReader(strings.NewReader("a"))
			if file.Separator != "" {
				separated.Comma = []rune(file.Separator)[0]
			}
			_, err := separated.Read()
			require.NoError(t, err, "a separator of cells")
		}
		written, err := json.Marshal(inYAML(reflect.ValueOf(*m))) // JSON is YAML, too
		require.NoError(t, err)
		again, err := Parse(written, cat)
		require.NoError(t, err, "what it says is a mapping: %s", written)
		require.True(t, reflect.DeepEqual(m, again), "and the same: %s", written)
	})
}

// inYAML is a value with the names that its fields have in YAML.
func inYAML(v reflect.Value) any {
	if s, is := v.Interface().(Setting); is {
		if s.OrNull {
			return map[string]any{"is": s.Is, "or": nil}
		}
		return s.Is
	}
	switch v.Kind() {
	case reflect.Struct:
		out := map[string]any{}
		for i := range v.NumField() {
			if name := v.Type().Field(i).Tag.Get("yaml"); name != "" {
				out[name] = inYAML(v.Field(i))
			}
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return nil
		}
		out := map[string]any{}
		for i := v.MapRange(); i.Next(); {
			out[i.Key().String()] = inYAML(i.Value())
		}
		return out
	case reflect.Slice:
		if v.IsNil() {
			return nil
		}
		out := []any{}
		for i := range v.Len() {
			out = append(out, inYAML(v.Index(i)))
		}
		return out
	}
	return v.Interface()
}

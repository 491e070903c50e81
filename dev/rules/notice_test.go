package rules

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var updateNotice = flag.Bool("update", false, "rewrite what NOTICE lists")

const (
	root = "../../"
	// listed is the line of NOTICE below which nothing is written by hand.
	listed = "What follows is written by: go test ./dev/rules -run Notice -update\n"
)

// licences are those that Kith may have in it, each with words that no other has.
var licences = []struct{ name, words string }{
	{"Apache-2.0", "Apache License Version 2.0, January 2004"},
	{"MPL-2.0", "Mozilla Public License, version 2.0"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"ISC", "Permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted"},
	{"BSD", "Redistribution and use in source and binary forms, with or without modification, are permitted"},
	{"public domain", "has been dedicated to the public domain"},
}

// notLinked are files of licences of what is in a module's folder and not in the binary.
var notLinked = map[string]string{
	"modernc.org/memory/LICENSE-LOGO":         "a picture",
	"modernc.org/sqlite/LICENSE-3RD-PARTY.md": "modules that are listed themselves, and what tests need",
	"modernc.org/sqlite/LICENSE-SQLITE_VEC":   "the package vec",
}

type linkedModule struct {
	Path, Version, Dir string
	Main               bool
	folders            []string // of its packages that are linked, and those above them
}

// linkedModules are those of which there is something in a binary for a system.
func linkedModules(t *testing.T, system string) map[string]*linkedModule {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,Module", "./cmd/kith")
	cmd.Dir, cmd.Env, cmd.Stderr = root, append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0"), os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err, "go list, for %s", system)
	all := map[string]*linkedModule{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			Dir    string
			Module *linkedModule
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else {
			require.NoError(t, err)
		}
		if p.Module == nil || p.Module.Main {
			continue
		}
		m := all[p.Module.Path]
		if m == nil {
			m = p.Module
			all[m.Path] = m
		}
		for dir := p.Dir; !slices.Contains(m.folders, dir); dir = filepath.Dir(dir) {
			m.folders = append(m.folders, dir)
			if dir == m.Dir {
				break
			}
		}
	}
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)[^/]*$`)

// section is what NOTICE says of a module: the licences that lie in its folders.
func (m *linkedModule) section(t *testing.T) string {
	t.Helper()
	var names []string
	var texts strings.Builder
	slices.Sort(m.folders)
	for _, folder := range m.folders {
		files, err := os.ReadDir(folder)
		require.NoError(t, err)
		for _, f := range files {
			path := strings.TrimPrefix(filepath.ToSlash(filepath.Join(folder, f.Name())), filepath.ToSlash(m.Dir)+"/")
			if _, skipped := notLinked[m.Path+"/"+path]; skipped || f.IsDir() || !licenceFile.MatchString(f.Name()) || filepath.Ext(path) == ".go" {
				continue
			}
			text, err := os.ReadFile(filepath.Join(folder, f.Name()))
			require.NoError(t, err)
			is := licencesOf(string(text))
			if !strings.HasPrefix(f.Name(), "NOTICE") {
				require.NotEmpty(t, is, "%s %s: %s is none of the licences that are known here", m.Path, m.Version, path)
			}
			for _, name := range is {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
			if slices.Equal(is, []string{"Apache-2.0"}) {
				text = []byte("The Apache License, Version 2.0: see the file LICENSE.")
			}
			fmt.Fprintf(&texts, "\n--- %s\n\n%s\n", path, tidy(string(text)))
		}
	}
	require.NotEmpty(t, names, "%s %s has no licence", m.Path, m.Version)
	return fmt.Sprintf("=== %s %s (%s)\n%s", m.Path, m.Version, strings.Join(names, ", "), texts.String())
}

func licencesOf(text string) (names []string) {
	text = strings.Join(strings.Fields(text), " ")
	for _, l := range licences {
		if strings.Contains(text, l.words) {
			names = append(names, l.name)
		}
	}
	return names
}

// tidy leaves out what cannot be seen.
func tidy(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimRight(line, " \t\r\n") + "\n")
	}
	return strings.Trim(b.String(), "\n")
}

var bundled = regexp.MustCompile(`^(\S+) - (\S+)(?: \((.+)\))?$`)

// pages is what NOTICE says of the packages that web/dist is built from, whose licences the bundler writes beside each page.
func pages(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, p := range []struct{ name, licences string }{{"The explorer", "licenses.md.gz"}, {"GraphiQL", "licenses-graphiql.md.gz"}} {
		fmt.Fprintf(&b, "=== %s: npm packages whose licences are in web/dist/%s\n\n", p.name, p.licences)
		packages := strings.Split("\n"+built(t, root+"web/dist/"+p.licences), "\n## ")[1:]
		require.NotEmpty(t, packages, p.licences)
		for _, text := range packages {
			title, text, _ := strings.Cut(text, "\n")
			m := bundled.FindStringSubmatch(title)
			require.NotNil(t, m, "%s: %s", p.licences, title)
			if m[3] == "" { // its package says so in its licence alone
				m[3] = strings.Join(licencesOf(text), ", ")
			}
			require.NotEmpty(t, m[3], "%s: %s has no licence", p.licences, title)
			fmt.Fprintf(&b, "%s %s (%s)\n", m[1], m[2], m[3])
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// built is a file of the page, whose build compresses what gets smaller by it.
func built(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	var r io.Reader = f
	if filepath.Ext(name) == ".gz" {
		r, err = gzip.NewReader(f)
		require.NoError(t, err, name)
	}
	text, err := io.ReadAll(r)
	require.NoError(t, err, name)
	return string(text)
}

func readNotice(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(root + "NOTICE")
	require.NoError(t, err)
	require.Contains(t, string(text), listed)
	return string(text)
}

func TestNoticeListsWhatIsLinked(t *testing.T) {
	if *updateNotice {
		rewriteNotice(t)
	}
	text := readNotice(t)
	for _, m := range linkedModules(t, runtime.GOOS) {
		assert.Truef(t, strings.Contains(text, m.section(t)), "NOTICE lacks %s %s with its licences as they are; -update writes it", m.Path, m.Version)
	}
	assert.True(t, strings.Contains(text, pages(t)), "NOTICE lists other packages of the pages than the licences in web/dist; -update writes it")
}

// rewriteNotice lists what is linked on any system; Go fetches modules of others.
func rewriteNotice(t *testing.T) {
	t.Helper()
	head, _, _ := strings.Cut(readNotice(t), listed)
	all := map[string]*linkedModule{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		maps.Copy(all, linkedModules(t, system))
	}
	text := head + listed + "\n" + pages(t)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		text += "\n" + all[path].section(t)
	}
	require.NoError(t, os.WriteFile(root+"NOTICE", []byte(text), 0o644))
}

func TestNoticeListsModulesInTheVersionsOfGoMod(t *testing.T) {
	required, err := os.ReadFile(root + "go.mod")
	require.NoError(t, err)
	sections := regexp.MustCompile(`(?m)^=== (\S+ v\S+) \(`).FindAllStringSubmatch(readNotice(t), -1)
	require.NotEmpty(t, sections)
	for _, s := range sections {
		assert.Regexp(t, `\t`+regexp.QuoteMeta(s[1])+`\s`, string(required), "NOTICE lists what go.mod does not require; -update leaves it out")
	}
}

// TestNoticeNamesFonts since the bundler lists no licences of theirs.
func TestNoticeNamesFonts(t *testing.T) {
	head, _, _ := strings.Cut(readNotice(t), listed)
	styles, err := filepath.Glob(root + "web/dist/assets/*.css*")
	require.NoError(t, err)
	families := map[string]bool{}
	for _, file := range styles {
		for _, face := range regexp.MustCompile(`@font-face\s*{[^}]*?font-family:\s*["']?([^;"'}]+)`).FindAllStringSubmatch(built(t, file), -1) {
			families[face[1]] = true
		}
	}
	require.NotEmpty(t, families)
	for family := range families {
		assert.Containsf(t, head, "- "+family+" (", "the page has the font %s", family)
	}
}

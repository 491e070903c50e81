package journal

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// written is the bytes of a journal of three receipts, and where the block of each begins.
func written(t testing.TB) ([]byte, []int64) {
	dir := t.TempDir()
	j := open(t, dir, Options{})
	var at []int64
	for _, id := range []string{"dis_a", "dis_b", "dis_c"} {
		at = append(at, max(j.end(), firstSize))
		add(t, j, id)
	}
	require.NoError(t, j.Close())
	data, err := os.ReadFile(segments(t, dir)[0])
	require.NoError(t, err)
	return data, at
}

// alone is a directory with the bytes as its only segment.
func alone(t testing.TB, data []byte) (dir, file string) {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	require.NoError(t, err)
	file = filepath.Join(dir, "0000000000000001"+suffix)
	require.NoError(t, os.WriteFile(file, data, 0o600))
	return dir, file
}

func TestATornLastBlockIsCutOff(t *testing.T) {
	data, at := written(t)
	last := at[2]
	check := func(t *testing.T, b []byte) {
		t.Helper()
		dir, file := alone(t, b)
		fast := Options{Sync: func(*os.File) error { return nil }}
		j, err := Open(dir, fast)
		require.NoError(t, err)
		require.Equal(t, 2, j.Pending())
		info, err := os.Stat(file)
		require.NoError(t, err)
		require.Equal(t, last, info.Size())
		add(t, j, "dis_d")
		require.NoError(t, j.Close())
		j, err = Open(dir, fast)
		require.NoError(t, err)
		require.Equal(t, []string{"dis_a", "dis_b", "dis_d"}, ids(drain(t, j)))
		require.NoError(t, j.Close())
	}
	for n := last; n < int64(len(data)); n++ {
		check(t, data[:n])
		b := []byte(string(data))
		b[n] ^= 0x40
		check(t, b)
		check(t, append([]byte(string(data[:n])), make([]byte, int64(len(data))-n)...)) // zeros came to disk first
	}
}

func TestATornBeginningIsNoSegment(t *testing.T) {
	data, _ := written(t)
	for n := range firstSize {
		dir, _ := alone(t, data[:n])
		j, err := Open(dir, Options{})
		require.NoError(t, err)
		add(t, j, "dis_d")
		require.NoError(t, j.Close())
		j, err = Open(dir, Options{})
		require.NoError(t, err)
		require.Equal(t, []string{"dis_d"}, ids(drain(t, j)))
		require.NoError(t, j.Close())
	}
}

func TestACorruptBlockInTheMiddleIsNeverSkipped(t *testing.T) {
	data, at := written(t)
	begins := []int64{0, at[0], at[1]}
	for n := range at[2] {
		b := []byte(string(data))
		b[n] ^= 0x40
		dir, file := alone(t, b)
		_, err := Open(dir, Options{})
		block := begins[0]
		for _, x := range begins {
			if x <= n {
				block = x
			}
		}
		require.ErrorContains(t, err, fmt.Sprintf("%s is corrupt at byte %d", file, block))
	}
}

// several is a journal of many segments, with nothing moved.
func several(t *testing.T) (string, []string) {
	dir := t.TempDir()
	j := open(t, dir, Options{MaxSegment: 1000})
	for i := range 30 {
		add(t, j, fmt.Sprint("dis_", i))
	}
	require.NoError(t, j.Close())
	require.Greater(t, len(segments(t, dir)), 4)
	return dir, segments(t, dir)
}

func TestEarlierSegmentsMustBeWhole(t *testing.T) {
	for _, c := range []struct {
		name string
		harm func(t *testing.T, file string)
		err  string
	}{
		{"a segment that lacks its last byte is corrupt", func(t *testing.T, file string) {
			info, err := os.Stat(file)
			require.NoError(t, err)
			require.NoError(t, os.Truncate(file, info.Size()-1))
		}, "is corrupt at byte"},
		{"a segment that is not there is missing", func(t *testing.T, file string) {
			require.NoError(t, os.Remove(file))
		}, "is missing, whose receipts were not moved"},
		{"an empty segment is corrupt", func(t *testing.T, file string) {
			require.NoError(t, os.Truncate(file, 0))
		}, "is corrupt at byte 0"},
		{"a segment in another's place is corrupt", func(t *testing.T, file string) {
			data, err := os.ReadFile(filepath.Join(filepath.Dir(file), "0000000000000003"+suffix))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(file, data, 0o600))
		}, "is corrupt at byte 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, i := range []int{0, 1} {
				dir, files := several(t)
				c.harm(t, files[i])
				_, err := Open(dir, Options{})
				require.ErrorContains(t, err, c.err)
				require.ErrorContains(t, err, files[i])
			}
		})
	}
}

func TestAPositionThatCannotBeIsRefused(t *testing.T) {
	for _, c := range []struct{ name, position, err string }{
		{"nothing is no position", "", "is corrupt"},
		{"a wrong sum is refused", "segment 1 offset 29 skip 0 sum 00000000\n", "is corrupt"},
		{"a block must begin there", place{1, 30, 0}.line(), "where no block begins"},
		{"a block must have so many receipts", place{1, 29, 2}.line(), "where no block begins"},
		{"there is nothing before the first block", place{1, 0, 0}.line(), "is corrupt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, _ := written(t)
			dir, _ := alone(t, data)
			require.NoError(t, os.WriteFile(filepath.Join(dir, "position"), []byte(c.position), 0o600))
			_, err := Open(dir, Options{})
			require.ErrorContains(t, err, c.err)
		})
	}
}

func TestABrokenDiskLosesNothingThatWasAcknowledged(t *testing.T) {
	for _, c := range []struct {
		name string
		fail func(o *Options, broken func() bool)
	}{
		{"when a write fails in the middle", func(o *Options, broken func() bool) {
			o.Write = func(f *os.File, p []byte, at int64) (int, error) {
				if broken() {
					n, _ := f.WriteAt(p[:rand.IntN(len(p))], at)
					return n, errDisk
				}
				return f.WriteAt(p, at)
			}
		}},
		{"when a sync fails and what was written is on disk", func(o *Options, broken func() bool) {
			o.Sync = func(f *os.File) error {
				if broken() {
					return errDisk
				}
				return f.Sync()
			}
		}},
		{"when a sync fails and the end of the file is garbage, which cannot be cut off", func(o *Options, broken func() bool) {
			o.Sync = func(f *os.File) error {
				info, err := f.Stat()
				if err == nil && broken() {
					go func() { time.Sleep(time.Millisecond); _, _ = f.WriteAt([]byte("garbage"), info.Size()) }()
					_, _ = f.WriteAt([]byte("garbage"), info.Size()-7)
					return errDisk
				}
				return f.Sync()
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			o := Options{MaxSegment: 3000}
			var mu sync.Mutex
			chance := rand.New(rand.NewPCG(1, 2))
			c.fail(&o, func() bool {
				mu.Lock()
				defer mu.Unlock()
				return chance.IntN(4) == 0
			})
			j, err := Open(dir, o)
			require.NoError(t, err)
			var all sync.WaitGroup
			acknowledged, refused := map[string]bool{}, 0
			for g := range 4 {
				all.Go(func() {
					for i := range 100 {
						id := fmt.Sprintf("dis_%d_%d", g, i)
						err := j.Append(t.Context(), receipt(id, 2))
						mu.Lock()
						if err == nil {
							acknowledged[id] = true
						} else {
							refused++
							assert.Equal(t, graph.Unavailable, graph.CodeOf(err))
							assert.ErrorIs(t, err, errDisk)
							assert.ErrorContains(t, err, "the record of this disclosure cannot be written")
						}
						mu.Unlock()
					}
				})
			}
			all.Wait()
			assert.Equal(t, len(acknowledged), j.Pending())
			require.NoError(t, j.Close())
			require.NotZero(t, refused)
			got := drain(t, open(t, dir, Options{}))
			for _, r := range got {
				delete(acknowledged, r.ID)
			}
			assert.Empty(t, acknowledged, "these are lost")
		})
	}
}

func TestAFileWhoseSyncFailedIsNotWrittenAgain(t *testing.T) {
	dir, fail := t.TempDir(), false
	var last string
	j := open(t, dir, Options{Sync: func(f *os.File) error {
		if last = f.Name(); fail {
			return errDisk
		}
		return f.Sync()
	}})
	add(t, j, "dis_a")
	broken := last
	fail = true
	for range 3 {
		require.ErrorIs(t, j.Append(t.Context(), receipt("dis_b", 1)), errDisk)
	}
	fail = false
	add(t, j, "dis_c")
	assert.NotEqual(t, broken, last)
	assert.Len(t, segments(t, dir), 2, "what failed from the beginning is removed")
	require.NoError(t, j.Close())
	assert.Equal(t, []string{"dis_a", "dis_c"}, ids(drain(t, open(t, dir, Options{}))))
}

func TestASegmentThatWasGivenUpAndCouldNotBeRemovedIsNotFollowed(t *testing.T) {
	dir, fail := t.TempDir(), false
	j := open(t, dir, Options{Sync: func(f *os.File) error {
		if info, _ := f.Stat(); fail && info.Size() > firstSize { // not while the segment begins
			data, err := os.ReadFile(f.Name())
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, "kept"), data, 0o600))
			return errDisk
		}
		return f.Sync()
	}})
	add(t, j, "dis_a")
	fail = true
	require.Error(t, j.Append(t.Context(), receipt("dis_b", 1))) // ends the first segment
	require.Error(t, j.Append(t.Context(), receipt("dis_b", 1)))
	given := j.path(j.number)
	fail = false
	add(t, j, "dis_c")
	require.NoError(t, j.Close())
	require.NoFileExists(t, given)
	require.NoError(t, os.Rename(filepath.Join(dir, "kept"), given))
	assert.Equal(t, []string{"dis_a", "dis_c"}, ids(drain(t, open(t, dir, Options{}))))
	assert.NoFileExists(t, given)
}

// TestMain lets the binary be the process that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("JOURNAL_TO_BE_KILLED"); dir != "" {
		appendForever(dir)
	}
	os.Exit(m.Run())
}

// appendForever prints what was acknowledged, and what was moved, before that is known to the journal.
func appendForever(dir string) {
	j, err := Open(dir, Options{MaxSegment: 20000})
	if err != nil {
		panic(err)
	}
	for g := range 8 {
		go func() {
			for i := g; ; i++ {
				r := receipt("", i%20)
				if err := j.Append(context.Background(), r); err != nil {
					panic(err)
				}
				fmt.Println(r.ID)
			}
		}()
	}
	panic(j.Move(context.Background(), func(_ context.Context, rs []Receipt) error {
		for _, r := range rs {
			fmt.Println("moved " + r.ID)
		}
		return nil
	}))
}

func TestAKilledProcessLosesNothingThatWasAcknowledged(t *testing.T) {
	dir, total := t.TempDir(), 0
	acknowledged, moved := map[string]bool{}, map[string]bool{}
	for range 30 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "JOURNAL_TO_BE_KILLED="+dir)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		lines := bufio.NewReader(out)
		for kill := (*time.Timer)(nil); ; {
			line, err := lines.ReadString('\n')
			if err != nil {
				break // what has no end was not wholly printed
			}
			if kill == nil {
				kill = time.AfterFunc(time.Duration(rand.IntN(60))*time.Millisecond, func() { _ = child.Process.Kill() })
			}
			if id, ok := strings.CutPrefix(strings.TrimSpace(line), "moved "); ok {
				moved[id] = true
			} else {
				acknowledged[id] = true
				total++
			}
		}
		require.ErrorContains(t, child.Wait(), "killed")

		j, err := Open(dir, Options{MaxSegment: 20000})
		require.NoError(t, err)
		b, position := &batch{}, j.position
		for _, s := range j.segments {
			if s.number > position.segment {
				position = place{segment: s.number, offset: firstSize}
			}
			for position.offset < s.end {
				b.receipts, b.subjects = nil, 0
				position, err = j.readSegment(s, position, b)
				require.NoError(t, err)
				for _, r := range b.receipts {
					delete(acknowledged, r.ID)
				}
			}
		}
		for id := range moved {
			delete(acknowledged, id)
		}
		require.Empty(t, acknowledged, "these are lost")
		require.NoError(t, j.Close())
	}
	require.NotZero(t, total)
	t.Logf("%d receipts were acknowledged, %d moved", total, len(moved))
}

package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// picky is a store that keeps receipts together or not at all, and refuses some.
type picky struct {
	mu      sync.Mutex
	refuses map[string]error // by id
	kept    []string
	calls   int
}

func (p *picky) to(_ context.Context, rs []Receipt) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	for _, r := range rs {
		if err := p.refuses[r.ID]; err != nil {
			return err
		}
	}
	for _, r := range rs {
		if !slices.Contains(p.kept, r.ID) {
			p.kept = append(p.kept, r.ID)
		}
	}
	return nil
}

// takes has it refuse a receipt no more.
func (p *picky) takes(ids ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range ids {
		delete(p.refuses, id)
	}
}

var (
	errBatch   = &graph.BatchError{Problems: []graph.Problem{{Property: "reference", Reason: "Disclosure.reference is not valid UTF-8"}}}
	errUnknown = &graph.Error{Code: graph.Internal, Message: "the database could not carry out the request"}
)

func numbered(from, to int) (ids []string) {
	for i := from; i < to; i++ {
		ids = append(ids, fmt.Sprint("dis_", i))
	}
	return ids
}

func TestAReceiptThatCannotBeKeptIsSetAsideAndTheOthersGoOn(t *testing.T) {
	many := map[string]error{}
	for _, id := range numbered(100, 150) {
		many[id] = errBatch
	}
	for _, c := range []struct {
		name    string
		n       int
		refuses map[string]error
	}{
		{"one among others", 9, map[string]error{"dis_4": errBatch}},
		{"the first", 9, map[string]error{"dis_0": errBatch}},
		{"the last", 9, map[string]error{"dis_8": errBatch}},
		{"one alone", 1, map[string]error{"dis_0": errBatch}},
		{"all", 5, map[string]error{"dis_0": errBatch, "dis_1": errBatch, "dis_2": errBatch, "dis_3": errBatch, "dis_4": errBatch}},
		{"fifty of twelve hundred", 1200, many},
		{"one by what the store calls bad input", 9, map[string]error{"dis_4": graph.Invalid("it is too long")}},
		{"one for a reason that is not known, while others are kept", 9, map[string]error{"dis_4": errUnknown}},
		{"some for reasons of either kind", 9, map[string]error{"dis_0": errDisk, "dis_4": errBatch, "dis_5": errUnknown}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			var told []string
			j := open(t, dir, Options{Sync: func(*os.File) error { return nil }, Tell: func(err error) { told = append(told, err.Error()) }})
			for _, id := range numbered(0, c.n) {
				block(t, j, receipt(id, 2))
			}
			store := &picky{refuses: c.refuses}
			moving(t, j, store.to, func() { require.NoError(t, j.Settle(t.Context())) })
			var want, aside []string
			for _, id := range numbered(0, c.n) {
				if c.refuses[id] == nil {
					want = append(want, id)
				} else {
					aside = append(aside, id)
				}
			}
			assert.ElementsMatch(t, want, store.kept)
			assert.Zero(t, j.Pending())
			assert.Equal(t, len(aside), j.Aside())
			require.Len(t, told, len(aside))
			for _, line := range told {
				assert.Regexp(t, `^the receipt dis_\d+ cannot be kept in the store, and is set aside in `+j.AsideFile()+`: `, line)
			}
			require.NoError(t, j.Close())

			assert.Equal(t, len(aside), open(t, dir, Options{}).Aside(), "also when it is opened again")
			all, err := Aside(dir)
			require.NoError(t, err)
			var kept []string
			for _, s := range all {
				kept = append(kept, s.Receipt.ID)
				assert.Equal(t, *receipt(s.Receipt.ID, 2), s.Receipt)
				assert.Equal(t, c.refuses[s.Receipt.ID].Error(), s.Reason)
				assert.WithinDuration(t, time.Now(), s.At.Std(), time.Minute)
			}
			assert.ElementsMatch(t, aside, kept)
		})
	}
}

func TestNoReceiptIsSetAsideForWhatTheStoreLacks(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
	}{
		{"a store that cannot be reached", errAway},
		{"a store that takes too long", fmt.Errorf("moving: %w", &graph.Error{Code: graph.Timeout, Message: "the database did not answer in time"})},
		{"a store that keeps nothing, for a reason that is not known", errUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				var told []error
				j := open(t, dir, Options{Tell: func(err error) { told = append(told, err) }})
				store := &picky{refuses: map[string]error{}}
				for _, id := range numbered(0, 600) {
					store.refuses[id] = c.err
				}
				for _, id := range numbered(0, 600) {
					block(t, j, receipt(id, 0))
				}
				moving(t, j, store.to, func() {
					time.Sleep(time.Minute)
					synctest.Wait()
					assert.Equal(t, 600, j.Pending())
					assert.Zero(t, j.Aside())
					assert.Less(t, store.calls, 25*len(told), "it is not asked about each receipt each time")
					require.NotEmpty(t, told)
					for _, err := range told {
						assert.Equal(t, c.err, err)
					}
					store.takes(numbered(0, 600)...)
					require.NoError(t, j.Settle(t.Context()))
				})
				assert.Len(t, store.kept, 600)
				assert.Zero(t, j.Aside())
				require.NoError(t, j.Close())
			})
		})
	}
	t.Run("a receipt that is refused when the store goes away", func(t *testing.T) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			j := open(t, dir, Options{})
			store := &picky{refuses: map[string]error{"dis_0": errBatch, "dis_3": errAway}}
			block(t, j, receipt("dis_0", 0), receipt("dis_1", 0), receipt("dis_2", 0), receipt("dis_3", 0))
			moving(t, j, store.to, func() {
				time.Sleep(time.Minute)
				synctest.Wait()
				assert.Equal(t, 4, j.Pending())
				assert.Zero(t, j.Aside())
				store.takes("dis_3")
				require.NoError(t, j.Settle(t.Context()))
			})
			assert.ElementsMatch(t, numbered(1, 4), store.kept)
			assert.Equal(t, 1, j.Aside())
			require.NoError(t, j.Close())
		})
	})
	t.Run("a reason that passes while others are kept", func(t *testing.T) {
		j := open(t, t.TempDir(), Options{})
		store := &picky{refuses: map[string]error{"dis_1": errUnknown}}
		block(t, j, receipt("dis_0", 0), receipt("dis_1", 0), receipt("dis_2", 0))
		to := func(ctx context.Context, rs []Receipt) error {
			if store.kept != nil && store.kept[len(store.kept)-1] == "dis_2" {
				store.refuses = nil
			}
			return store.to(ctx, rs)
		}
		moving(t, j, to, func() { require.NoError(t, j.Settle(t.Context())) })
		assert.ElementsMatch(t, numbered(0, 3), store.kept)
		assert.Zero(t, j.Aside())
	})
}

// unfit is a receipt with bytes that no text has.
func unfit(id string) *Receipt {
	r := receipt(id, 2)
	r.Actor, r.Reference, r.Population = "ann\x00", "case \xff\xfe of Nora Nobel", []string{"customers{\"name\":\"nora nobel\"}.totalCount"}
	return r
}

func TestPeopleReadWhatIsSetAside(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, Options{})
	require.NoError(t, j.Append(t.Context(), unfit("dis_a")))
	moving(t, j, (&picky{refuses: map[string]error{"dis_a": errBatch}}).to, func() { require.NoError(t, j.Settle(t.Context())) })
	assert.Equal(t, filepath.Join(dir, "aside.jsonl"), j.AsideFile())
	info, err := os.Stat(j.AsideFile())
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	text, err := os.ReadFile(j.AsideFile())
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), "\n"))
	var line map[string]any
	require.NoError(t, json.Unmarshal(text, &line))
	assert.Equal(t, errBatch.Error(), line["reason"])
	assert.Equal(t, "2026-01-01T00:00:00.000001Z", line["at"])
	assert.Contains(t, line["setAside"], "T")
	shown := line["receipt"].(map[string]any)
	assert.Equal(t, "dis_a", shown["id"])
	assert.Equal(t, "case \ufffd\ufffd of Nora Nobel", shown["reference"])
	assert.Equal(t, "cus_00000000000000000000000000", shown["subjects"].([]any)[0].(map[string]any)["id"])
	all, err := Aside(dir)
	require.NoError(t, err)
	assert.Equal(t, *unfit("dis_a"), all[0].Receipt, "byte for byte")
}

func TestWhatIsSetAsideIsTriedOnceMoreWhenTheJournalIsOpenedAgain(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, Options{})
	add(t, j, numbered(0, 4)...)
	store := &picky{refuses: map[string]error{"dis_0": errBatch, "dis_1": errBatch, "dis_2": errBatch}}
	moving(t, j, store.to, func() { require.NoError(t, j.Settle(t.Context())) })
	require.Equal(t, 3, j.Aside())
	require.NoError(t, j.Close())

	synctest.Test(t, func(t *testing.T) {
		j := open(t, dir, Options{})
		store.refuses = map[string]error{"dis_1": errUnknown, "dis_2": errAway}
		add(t, j, "dis_4")
		moving(t, j, store.to, func() {
			time.Sleep(time.Minute)
			synctest.Wait()
			assert.Equal(t, 2, j.Aside(), "one is in the store by now")
			assert.Equal(t, 1, j.Pending(), "the store is away")
			store.takes("dis_2")
			require.NoError(t, j.Settle(t.Context()))
		})
		assert.Equal(t, []string{"dis_3", "dis_0", "dis_2", "dis_4"}, store.kept)
		assert.Equal(t, 1, j.Aside())
		require.NoError(t, j.Close())
	})

	j = open(t, dir, Options{})
	store.refuses = nil
	moving(t, j, store.to, func() {
		require.Eventually(t, func() bool { return j.Aside() == 0 }, time.Minute, time.Millisecond)
	})
	assert.Contains(t, store.kept, "dis_1")
	assert.NoFileExists(t, j.AsideFile())
}

func TestNothingThatIsSetAsideIsLostToACrash(t *testing.T) {
	refuse := func() *picky { return &picky{refuses: map[string]error{"dis_a": errBatch}} }
	for _, c := range []struct {
		name, fails string
		short       bool // some bytes are written all the same
	}{
		{"before the file is on disk", asideName, false},
		{"while the file is written", asideName, true},
		{"before the position is", "position.new", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			failing := func(f *os.File, p []byte, at int64) (int, error) {
				if filepath.Base(f.Name()) != c.fails {
					return f.WriteAt(p, at)
				}
				if c.short {
					n, _ := f.WriteAt(p[:len(p)/2], at)
					return n, errDisk
				}
				return 0, errDisk
			}
			var mu sync.Mutex
			var told []error
			tell := func(err error) { mu.Lock(); defer mu.Unlock(); told = append(told, err) }
			j := open(t, dir, Options{Write: failing, Tell: tell})
			require.NoError(t, j.Append(t.Context(), unfit("dis_a")))
			moving(t, j, refuse().to, func() {
				require.Eventually(t, func() bool { mu.Lock(); defer mu.Unlock(); return len(told) > 2 }, time.Minute, time.Millisecond)
			})
			require.ErrorIs(t, told[0], errDisk)
			assert.Equal(t, 1, j.Pending())
			require.NoError(t, j.Close())

			j = open(t, dir, Options{})
			assert.Equal(t, 1, j.Pending())
			add(t, j, "dis_b")
			store := refuse()
			moving(t, j, store.to, func() { require.NoError(t, j.Settle(t.Context())) })
			assert.Equal(t, []string{"dis_b"}, store.kept)
			all, err := Aside(dir)
			require.NoError(t, err)
			require.Len(t, all, 1)
			assert.Equal(t, *unfit("dis_a"), all[0].Receipt)
			require.NoError(t, j.Close())
		})
	}
}

func TestALineThatIsNoReceiptIsSaid(t *testing.T) {
	whole, err := (&SetAside{Receipt: *receipt("dis_a", 1), Reason: "why"}).line()
	require.NoError(t, err)
	for _, c := range []struct{ name, text, says string }{
		{"no JSON", string(whole) + "hello\n", "line 2 is not a receipt that was set aside: invalid character"},
		{"another record", `{"setAside":"2026-01-01T00:00:00Z","record":"AAAA"}` + "\n", "line 1 is not a receipt that was set aside: record: a receipt cannot be read"},
		{"no time", strings.Replace(string(whole), `"setAside":"1`, `"setAside":"x`, 1), "line 1 is not a receipt that was set aside: setAside: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, asideName)
			require.NoError(t, os.WriteFile(file, []byte(c.text), 0o600))
			_, err := Open(dir, Options{})
			require.ErrorContains(t, err, file+": "+c.says)
			_, err = Aside(dir)
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestForgetTakesNamesOutOfWhatIsSetAside(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir, Options{})
	require.NoError(t, j.Append(t.Context(), unfit("dis_a")))
	add(t, j, "dis_b")
	store := &picky{refuses: map[string]error{"dis_a": errBatch, "dis_b": errors.New("refused")}}
	moving(t, j, store.to, func() {
		add(t, j, "dis_c")
		n, err := j.Forget(t.Context(), []string{"Nora Nobel", "nora@nobel.example"})
		require.NoError(t, err)
		assert.Equal(t, 1, n)
		n, err = j.Forget(t.Context(), []string{"Nora Nobel"})
		require.NoError(t, err)
		assert.Zero(t, n, "she is in none any more")
	})
	all, err := Aside(dir)
	require.NoError(t, err)
	require.Len(t, all, 2)
	want := unfit("dis_a")
	want.Reference, want.Population = "case \xff\xfe of [erased]", []string{`customers{"name":"[erased]"}.totalCount`}
	assert.Equal(t, *want, all[0].Receipt)
	assert.Equal(t, *receipt("dis_b", 2), all[1].Receipt)
	text, err := os.ReadFile(j.AsideFile())
	require.NoError(t, err)
	assert.NotContains(t, strings.ToLower(string(text)), "nobel")
	add(t, j, "dis_d")
	store.refuses["dis_d"] = errBatch
	moving(t, j, store.to, func() { require.NoError(t, j.Settle(t.Context())) })
	all, err = Aside(dir)
	require.NoError(t, err)
	assert.Len(t, all, 3, "others follow")
}

func TestAnotherProcessWaitsForWhatIsInTheJournal(t *testing.T) {
	dir := t.TempDir()
	waiting, err := Await(t.Context(), dir)
	require.NoError(t, err)
	assert.Zero(t, waiting, "there is nothing to wait for")
	j := open(t, dir, Options{MaxSegment: 1000})
	add(t, j, numbered(0, 20)...)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	waiting, err = Await(ctx, dir)
	require.NoError(t, err)
	assert.Equal(t, 20, waiting, "nothing moves them")
	moving(t, j, (&picky{}).to, func() {
		ended := make(chan struct{})
		go func() { // receipts keep coming
			defer close(ended)
			for i := range 100 {
				_ = j.Append(t.Context(), receipt(fmt.Sprint("dis_more", i), 1))
				time.Sleep(5 * time.Millisecond)
			}
		}()
		waiting, err = Await(t.Context(), dir)
		require.NoError(t, err)
		assert.Zero(t, waiting)
		<-ended
	})
}

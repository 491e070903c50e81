package graph

import "sync"

// A Memo is where those who read a fetch keep what they have made of its lists, for others that ask the same: fetches with one Memo
// differ in Now, in Asker, and in which nodes their roots name, but not in how these name them, by IDs or by External. Nothing changes
// what is kept. The zero Memo is empty, and may be used side by side.
type Memo struct{ kept sync.Map }

// Keep gives what was made for a key before, or else what make makes, which is kept; nil keeps nothing.
func Keep[T any](in *Memo, key any, make func() T) T {
	if in == nil {
		return make()
	}
	if v, ok := in.kept.Load(key); ok {
		return v.(T)
	}
	v, _ := in.kept.LoadOrStore(key, make())
	return v.(T)
}

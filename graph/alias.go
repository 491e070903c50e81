package graph

import (
	"context"
	"slices"
	"strings"
)

// Names of hidden properties by which stores keep what a node is known by besides its id and its first key.
const (
	// FurtherKeys are keys of other rows of sources, in the order in which they came: texts as External.Key gives them.
	FurtherKeys = "furtherKeys"
	// FormerIDs are ids of nodes that were found to be the same.
	FormerIDs = "formerIds"
)

// NameProperties are those of a kind, as stores keep them.
func NameProperties(owner string) []*Property {
	return Map([]string{FurtherKeys, FormerIDs}, func(name string) *Property {
		return &Property{Name: name, Type: Strings, Category: CategoryConsent, Owner: owner, Hidden: true}
	})
}

// FurtherOf makes Kind.Further of a kind that has its Key: who may see the one may see the other.
func FurtherOf(k *Kind) *Property {
	p := *k.Key
	p.Name, p.Type = FurtherKeys, Strings
	return &p
}

// Alias is the kind of node by which stores find a node by one of its further keys, and by an id that leads to it. As with Applied, nothing
// leads to it. Its id is KeyAlias or IDAlias; AnyAlias is there as soon as any other is.
var Alias = &Kind{Name: "Alias", Label: "KithAlias", Prefix: "als", Properties: []*Property{{Name: AliasOf, Type: Enum, Hidden: true}}}

// AliasOf names the property of Alias with what it leads to: the first key of a node, or its id.
const AliasOf = "of"

// AnyAlias is the id of the Alias that leads nowhere.
const AnyAlias = "als_"

// KeyAlias is the id of the Alias of a further key.
func KeyAlias(k *Kind, key string) string { return AnyAlias + k.Prefix + ":" + key }

// IDAlias is the id of the Alias of an id that leads to another. No id has a colon, but whoever asks may give any text for one: it must not be
// that of a key, which has one colon behind the prefix.
func IDAlias(id string) string { return AnyAlias + strings.ReplaceAll(id, ":", "::") }

// Leads are what other keys and ids lead to: by the id of an Alias, its AliasOf.
type Leads map[string]string

// ID is the id that an id leads to: itself, where it is not one that leads to another.
func (l Leads) ID(id string) string {
	if to, leads := l[IDAlias(id)]; leads {
		return to
	}
	return id
}

// Value is what an id, or a list of ids, leads to.
func (l Leads) Value(v any) any {
	switch v := v.(type) {
	case string:
		return l.ID(v)
	case []any:
		return Map(v, l.Value)
	}
	return v
}

// Follows reports whether a test compares with ids that somebody named, which may lead to others.
func (t *Test) Follows() bool {
	_, given := t.Value.(Given)
	return t.ID && t.By == "" && !given
}

// Key is the first key of a kind's node by any of its keys. An External without a source is a key as it is stored, and leads to no other.
func (l Leads) Key(k *Kind, e External) string {
	key := e.Key()
	if to, leads := l[KeyAlias(k, key)]; leads && e.Source != "" {
		return to
	}
	return key
}

// IDs are those by which a root's nodes are named, as its Leads lead on.
func (f *Fetch) IDs(l *List) []string {
	if f.Leads == nil {
		return l.IDs
	}
	return Map(l.IDs, f.Leads.ID)
}

// Keys are those by which a root's nodes are named, likewise.
func (f *Fetch) Keys(l *List) []string {
	return Map(l.External, func(e External) string { return f.Leads.Key(l.Nodes[0].Kind, e) })
}

// compared is the key of what a Memo keeps of the ids that conditions name.
type compared struct{}

// along are the ids of all Aliases that may lead on from what conditions name: whatever they find, it may be too little.
func (f *Fetch) along() []string {
	n := Keep(f.Memo, compared{}, func() *naming {
		n := &naming{}
		for _, l := range f.Lists {
			n.list(l)
		}
		return n
	})
	out := slices.Clone(n.aliases)
	if n.asker && f.Asker != "" {
		out = append(out, IDAlias(f.Asker))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// missing are the ids of all Aliases that may lead on from what roots name and a result lacks.
func (f *Fetch) missing(res *Result) (out []string) {
	for i, l := range f.Lists {
		rows := res.Lists[i].Rows
		if l.Rows && len(rows) == len(l.IDs)+len(l.External) {
			continue
		}
		for _, id := range l.IDs {
			if !slices.ContainsFunc(rows, func(r Row) bool { return r.ID == id }) {
				out = append(out, IDAlias(id))
			}
		}
		for _, e := range l.External {
			if e.Source != "" {
				out = append(out, KeyAlias(l.Nodes[0].Kind, e.Key()))
			}
		}
	}
	return out
}

// leading asks what an Alias leads to: one for all, since what is kept of a fetch is known by its selections.
var leading = &Selection{Kind: Alias, Props: []Ref{{Prop: Alias.Properties[0]}}}

func leadsOf(aliases []string) *List {
	return &List{Key: Alias.Name, IDs: aliases, Rows: true, Nodes: []*Selection{leading}}
}

func (l Leads) add(found []Row) {
	for i := range found {
		l[found[i].ID], _ = found[i].Props[0].(string)
	}
}

// Following reads a fetch, and what its names lead to. Along with it it asks whether an id that a condition names leads to another, and behind
// it whether what a root names and is not there does; if so it reads again with Fetch.Leads. So it takes one read where all that is named is
// there.
func Following(ctx context.Context, f *Fetch, read func(context.Context, *Fetch) (*Result, error)) (*Result, error) {
	along, first, n := f.along(), *f, len(f.Lists)
	if len(along) > 0 {
		first.Lists = append(slices.Clone(f.Lists), leadsOf(along))
	}
	res, err := read(ctx, &first)
	if err != nil {
		return nil, err
	}
	leads := Leads{}
	if len(along) > 0 {
		leads.add(res.Lists[n].Rows)
		res.Lists = res.Lists[:n]
	}
	if missing := f.missing(res); len(missing) > 0 {
		more, err := read(ctx, &Fetch{Now: f.Now, Lists: []*List{leadsOf(missing)}})
		if err != nil {
			return nil, err
		}
		leads.add(more.Lists[0].Rows)
	}
	if len(leads) == 0 {
		return res, nil
	}
	again := *f
	again.Leads = leads
	if res, err = read(ctx, &again); err == nil {
		res.Leads = leads
	}
	return res, err
}

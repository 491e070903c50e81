package resolvers

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers/gql"
)

// changeKinds are the words for what becomes of a node.
var changeKinds = map[graph.Outcome]gql.ChangeKind{
	graph.Created: gql.ChangeKindCreated, graph.Changed: gql.ChangeKindChanged, graph.Removed: gql.ChangeKindRemoved,
}

// changes tells what changed since a cursor, as far as the viewer may see it. Its cursor is the place of the feed up to which all is told, or is
// silent: it is sealed, since places tell how much was silent.
func (r *Resolver) changes(ctx context.Context) (*gql.Changes, error) {
	o := operationOf(ctx)
	if err := o.asker.needs("sync"); err != nil {
		return nil, err
	}
	q, err := r.following(ctx, o)
	if err != nil {
		return nil, err
	}
	var told *policy.Changes
	if q.After == fromNow {
		last, err := o.Last(ctx)
		if err != nil {
			return nil, err
		}
		told = &policy.Changes{Place: last}
	} else if told, err = o.Changes(ctx, q); err != nil {
		return nil, err
	}
	entries := graph.Map(told.Changes, func(c policy.Change) *gql.Change {
		return &gql.Change{Event: r.event(c), ID: c.ID, Type: c.Kind.Name, Change: changeKinds[c.How], Fields: append([]string{}, c.Fields...), At: c.At}
	})
	return &gql.Changes{Entries: entries, HasNextPage: told.More, EndCursor: r.sealPlace(o, told.Place)}, nil
}

// fromNow stands for the place of who has no cursor yet.
const fromNow = -1

// following reads the arguments.
func (r *Resolver) following(ctx context.Context, o *operation) (*policy.Following, error) {
	args := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	q := &policy.Following{After: fromNow, Now: o.now, Limit: defaultPage}
	if v := args["first"]; v != nil {
		n, err := whole(v)
		if err != nil || n < 1 || n > int64(r.MaxPage) {
			return nil, graph.Invalid("changes: first is from 1 to %d, not %v", r.MaxPage, v)
		}
		q.Limit = int(n)
	}
	if after := args["after"]; after != nil {
		var ok bool
		if q.After, ok = r.openPlace(o, text(after)); !ok {
			return nil, graph.Invalid("changes.after: this is not a cursor of changes for the purpose %s", o.viewer.Purpose)
		}
	}
	names, given := kindsAsked(args)
	if given && len(names) == 0 {
		return nil, graph.Invalid("changes: kinds is empty, so that nothing would be told")
	}
	for i, name := range names {
		k := r.Catalog.Kind(text(name))
		if k == nil {
			return nil, graph.Invalid("changes.kinds[%d]: there is no type of nodes %.40q; types are called as __typename says, as Customer", i, text(name))
		}
		graph.AddOnce(&q.Kinds, k)
	}
	return q, nil
}

// sealPlace makes a cursor, which is as long as any other.
func (r *Resolver) sealPlace(o *operation, place int64) string {
	return r.places.Seal(string(o.viewer.Purpose), string(binary.BigEndian.AppendUint64(nil, uint64(place))))
}

// openPlace reads one that was made for the purpose.
func (r *Resolver) openPlace(o *operation, cursor string) (place int64, ok bool) {
	b, ok := r.places.Unseal(string(o.viewer.Purpose), cursor)
	if !ok || len(b) != 8 {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64([]byte(b))), true
}

// event tells changes apart, and nothing of where they stand in the feed.
func (r *Resolver) event(c policy.Change) string {
	return r.mark(fmt.Sprintf("event\x00%d\x00%s", c.Entry, c.ID))[:eventLength]
}

// eventLength is how many letters of a mark tell changes apart: 132 bits.
const eventLength = 22

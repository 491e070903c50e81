package journey

import "hash/maphash"

// A lookup finds places in a list of different texts, which it is given. It takes 5 to 11 bytes for each, where a map would have the texts once more.
type lookup struct {
	seed  maphash.Seed
	table []uint32 // 1 + a place, where the hash of its text says or the next free place behind; as many as a power of two
	n     int
}

func newLookup() *lookup {
	return &lookup{seed: maphash.MakeSeed(), table: make([]uint32, placesFor(0))}
}

// placesFor is how many places a table has by which so many things are found: at most three of four are taken.
func placesFor(n int) int {
	places := 8
	for 4*n > 3*places {
		places *= 2
	}
	return places
}

// home is where a text stands in the table, if nothing else does.
func (x *lookup) home(text string) int {
	return int(maphash.String(x.seed, text) & uint64(len(x.table)-1))
}

func (x *lookup) behind(i int) int { return (i + 1) & (len(x.table) - 1) }

// stands is where a text stands in the table, or else where it would.
func (x *lookup) stands(text string, list []string) int {
	i := x.home(text)
	for x.table[i] > 0 && list[x.table[i]-1] != text {
		i = x.behind(i)
	}
	return i
}

// find is the place of a text; not ok: it is not there.
func (x *lookup) find(text string, list []string) (place int, ok bool) {
	n := x.table[x.stands(text, list)]
	return int(n) - 1, n > 0
}

// add takes in the last text of a list, which is not there yet.
func (x *lookup) add(list []string) {
	if x.n++; 4*x.n > 3*len(x.table) {
		x.anew(list)
		return
	}
	place := len(list) - 1
	x.table[x.stands(list[place], list)] = uint32(place + 1)
}

// anew has the table be as large as a list needs.
func (x *lookup) anew(list []string) {
	x.table = make([]uint32, placesFor(len(list)))
	for place, text := range list {
		x.table[x.stands(text, list)] = uint32(place + 1)
	}
}

// shrink is anew, where it makes the table smaller.
func (x *lookup) shrink(list []string) {
	if placesFor(len(list)) < len(x.table) {
		x.anew(list)
	}
}

// remove takes out a text, to whose place the last one of the list comes.
func (x *lookup) remove(text string, list []string) {
	free, last := x.stands(text, list), list[len(list)-1]
	place := x.table[free]
	x.table[x.stands(last, list)] = place
	for i := x.behind(free); x.table[i] > 0; i = x.behind(i) { // what stood behind what is free now comes there, unless its home is between
		other := x.table[i] - 1
		if other == place-1 { // it is the last one's
			other = uint32(len(list) - 1)
		}
		if home := x.home(list[other]); (i-home)&(len(x.table)-1) >= (i-free)&(len(x.table)-1) {
			x.table[free], free = x.table[i], i
		}
	}
	x.table[free] = 0
	x.n--
}

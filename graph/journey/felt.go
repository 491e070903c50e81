package journey

// A Measure is something that says how a journey was felt.
type Measure uint8

// The measures, and the units in which they are kept.
const (
	noMeasure    Measure = iota
	Satisfaction         // how far up the scale of its instrument an answer is, from 0 to 1: in sixtieths, by which all scales are exact
	Sentiment            // from -1 to 1: in millionths
	measures
)

// units of the measures.
var units = [measures]float64{1, 60, 1e6}

// scales are the least and the greatest answers of instruments that have a scale.
var scales = map[string][2]int64{"NPS": {0, 10}, "CSAT": {1, 5}, "CES": {1, 7}}

// A Felt is what an event says of how the journey was felt: four times the value, and which measure it is; 0: nothing.
type Felt int32

// Answered is what an answer by an instrument says; nothing where it has no scale, or the answer is not on it.
func Answered(instrument string, score int64) Felt {
	scale, has := scales[instrument]
	if !has || score < scale[0] || score > scale[1] {
		return 0
	}
	return Felt((score-scale[0])*60/(scale[1]-scale[0]))<<2 | Felt(Satisfaction)
}

// Mood is what a sentiment in millionths says.
func Mood(millionths int64) Felt { return Felt(millionths)<<2 | Felt(Sentiment) }

// Value is what it says by a measure; not ok: nothing.
func (f Felt) Value(m Measure) (value float64, ok bool) {
	return float64(f>>2) / units[m], Measure(f&3) == m
}

// feltOf is what an event says.
func (l *Log) feltOf(i uint32) Felt {
	if l.felt == nil {
		return 0
	}
	return l.felt[i]
}

// felt visits what the events of a case say by a measure, those that are not looked at, too: of which event that is looked at, as it is the last one before it
// or, of a sentiment, it itself; -1: there is none.
func (v *View) felt(s *sequence, m Measure, visit func(i int, value float64, who uint32)) {
	if v.log.felt == nil {
		return
	}
	from, at := v.log.cases[s.c], 0
	for raw := range int(from.n) {
		itself := at < len(s.codes) && s.place(at) == raw
		if value, ok := v.log.felt[int(from.from)+raw].Value(m); ok {
			of := at - 1
			if itself && m == Sentiment {
				of = at
			}
			visit(of, value, v.log.whoOf(from.from+uint32(raw)))
		}
		if itself {
			at++
		}
	}
}

// place is where an event stands among all of the case.
func (s *sequence) place(i int) int {
	if s.at == nil {
		return i
	}
	return s.at[i]
}

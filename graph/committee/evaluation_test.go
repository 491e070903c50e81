package committee

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEvaluation(t *testing.T) {
	mail := func(from, to string, day int) Mail { return Mail{from, to, on(6, day)} }
	e := Evaluate([]Mail{
		mail("ann", "boss", 1), mail("boss", "ann", 1), // goes both ways
		mail("bob", "ann", 1), mail("bob", "ann", 1), mail("bob", "ann", 1), mail("bob", "ann", 1), // one way alone, and more of it
		mail("bob", "boss", 1), mail("bob", "bob", 1),
	}, map[string]string{"ann": "boss", "bob": "boss", "boss": "boss"})
	assert.Equal(t, []int{3, 3, 2, 2}, []int{e.Persons, e.Pairs, e.Reporting, e.Led})
	// By mails: ann-boss 2, bob-boss 1, ann-bob 4: neither of the reporting pairs has more than the other one.
	assert.Equal(t, Score{}, e.Mails)
	// By strength: S is 3, 1 and 4.
	assert.Equal(t, Score{}, e.Strength)
	e = Evaluate([]Mail{mail("ann", "boss", 1), mail("boss", "ann", 1), mail("bob", "ann", 1), mail("bob", "ann", 1)}, map[string]string{"ann": "boss"})
	assert.Equal(t, Score{AUC: 1, Top: 1}, e.Strength, "3 against 2 and 0: what goes both ways is more")
	assert.Equal(t, Score{AUC: 0.75, Top: 0.5}, e.Mails, "2 against 2 and 0; bob has as many as the manager")
	assert.Equal(t, Evaluation{Strength: Score{AUC: 0.5}, Mails: Score{AUC: 0.5}}, Evaluate(nil, nil))
}

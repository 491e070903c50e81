package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEvalStrength(t *testing.T) {
	mails := write(t, "mails.csv", "Sender;Recipient;EventDate\nann;boss;2026-06-01 09:00:00\nboss;ann;2026-06-01 10:00:00\nbob;ann;2026-06-01 09:00:00\nbob;ann;2026-06-01 10:00:00\n")
	lines := write(t, "lines.csv", "ID,ReportsToID\nann,boss\n")
	status, out, stderr := call(t, "eval", "strength", mails, lines)
	require.Zero(t, status, stderr)
	assert.Contains(t, out, "4 mails among 3 persons, 3 pairs; of 1 pairs one reports to the other")
	assert.Contains(t, out, "strength            1.0000                  1.0000")
	assert.Contains(t, out, "number of mails            0.7500                  0.5000")
	for name, c := range map[string][3]string{
		"a column that is not there":     {"Sender,Recipient\na,b\n", "ID,ReportsToID\n", "mails.csv: has no column EventDate; it has Sender, Recipient"},
		"a time that is none":            {"Sender,Recipient,EventDate\na,b,1 June\n", "ID,ReportsToID\n", `mails.csv:2: EventDate: is to be a time as 2010-01-02 17:40:10: "1 June"`},
		"a cell that is empty":           {"Sender,Recipient,EventDate\na,,2026-06-01 09:00:00\n", "ID,ReportsToID\n", "mails.csv:2: Recipient: is missing"},
		"a row that is too short":        {"Sender,Recipient,EventDate\na,b\n", "ID,ReportsToID\n", "mails.csv: record on line 2: wrong number of fields"},
		"a file with nothing in it":      {"", "ID,ReportsToID\n", "mails.csv: has no header; the columns Sender, Recipient, EventDate are needed"},
		"somebody who reports to two":    {"Sender,Recipient,EventDate\n", "ID,ReportsToID\na,b\na,c\n", `lines.csv:3: ID: "a" reports to "b" already`},
		"reporting lines with no header": {"Sender,Recipient,EventDate\n", "a,b\n", "lines.csv: has no column ID; it has a, b"},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, stderr := call(t, "eval", "strength", write(t, "mails.csv", c[0]), write(t, "lines.csv", c[1]))
			assert.NotZero(t, status)
			assert.Contains(t, stderr, c[2])
		})
	}
	t.Run("a company's mails", func(t *testing.T) {
		const dir = "../../../shared/data/manufacturing_email/"
		if _, err := os.Stat(dir); err != nil {
			t.Skip("the data are not there")
		}
		status, out, stderr := call(t, "eval", "strength", dir+"communication.csv.gz", dir+"reportsto.csv")
		require.Zero(t, status, stderr)
		assert.Contains(t, out, "strength            0.7503                  0.1895")
		assert.Contains(t, out, "number of mails            0.7519                  0.1895")
	})
}

package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

type evalCmd struct {
	Strength strengthCmd `cmd:"" help:"Hold the strength of ties to the mails and the reporting lines of a company, and the bare number of mails beside it."`
}

type strengthCmd struct {
	Mails string `arg:"" help:"Mails: a CSV file (.gz, too) with the columns Sender, Recipient and EventDate, as 2010-01-02 17:40:10 in UTC."`
	Lines string `arg:"" help:"Reporting lines: a CSV file with the columns ID and ReportsToID."`
}

// Run prints how well each measure tells who reports to whom. No store is asked.
func (c strengthCmd) Run(p *program) error {
	var mails []committee.Mail
	err := eachRow(c.Mails, []string{"Sender", "Recipient", "EventDate"}, func(row []string) error {
		at, err := time.Parse(time.DateTime, row[2])
		if err != nil {
			return fmt.Errorf("EventDate: is to be a time as 2010-01-02 17:40:10: %.40q", row[2])
		}
		mails = append(mails, committee.Mail{From: row[0], To: row[1], At: graph.At(at)})
		return nil
	})
	if err != nil {
		return err
	}
	managers := map[string]string{}
	err = eachRow(c.Lines, []string{"ID", "ReportsToID"}, func(row []string) error {
		if other, twice := managers[row[0]]; twice && other != row[1] {
			return fmt.Errorf("ID: %.40q reports to %.40q already", row[0], other)
		}
		managers[row[0]] = row[1]
		return nil
	})
	if err != nil {
		return err
	}
	e := committee.Evaluate(mails, managers)
	fmt.Fprintf(p.out, "%d mails among %d persons, %d pairs; of %d pairs one reports to the other\n\n", len(mails), e.Persons, e.Pairs, e.Reporting)
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "measure\tAUC of all pairs\tmanager is the top tie\t")
	for _, m := range []struct {
		name string
		committee.Score
	}{{"strength", e.Strength}, {"number of mails", e.Mails}} {
		fmt.Fprintf(w, "%s\t%.4f\t%.4f\t\n", m.name, m.AUC, m.Top)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "\nAUC: the chance that a pair of whom one reports to the other has more than another pair; 0.5 tells nothing. The other column is of %d\npersons who report to somebody. One company: it says nothing of others.\n", e.Led)
	return err
}

// eachRow reads the rows of a CSV file, of which each has the columns in the order in which they are asked for. Errors name the file and the line.
func eachRow(file string, columns []string, take func(row []string) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	r := csv.NewReader(in)
	var at []int
	for {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF) && at == nil:
			return fmt.Errorf("%s: has no header; the columns %s are needed", file, strings.Join(columns, ", "))
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", file, err)
		case at == nil:
			if len(row) == 1 && strings.Contains(row[0], ";") { // the other usual separator
				row, r.Comma, r.FieldsPerRecord = strings.Split(row[0], ";"), ';', strings.Count(row[0], ";")+1
			}
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			for _, c := range columns {
				i := slices.Index(row, c)
				if i < 0 {
					return fmt.Errorf("%s: has no column %s; it has %s", file, c, strings.Join(row, ", "))
				}
				at = append(at, i)
			}
			continue
		}
		line, _ := r.FieldPos(0)
		cells := make([]string, len(at))
		for i, column := range at {
			if cells[i] = row[column]; cells[i] == "" {
				return fmt.Errorf("%s:%d: %s: is missing", file, line, columns[i])
			}
		}
		if err := take(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
}

type committeeFlags struct {
	CommitteeTemplate string        `placeholder:"FILE" type:"existingfile" help:"Which roles a committee is expected to have, in YAML. Without: an economic buyer, a champion, a technical buyer and a user."`
	ClaimAge          time.Duration `default:"4368h" placeholder:"TIME" help:"How old the newest evidence of a claim may be before it is stale."`
}

// template reads which roles a committee is expected to have.
func (f committeeFlags) template() (*committee.Template, error) {
	if f.CommitteeTemplate == "" {
		return committee.Standard(), nil
	}
	text, err := os.ReadFile(f.CommitteeTemplate)
	if err != nil {
		return nil, fmt.Errorf("--committee-template: %w", err)
	}
	t, err := committee.ReadTemplate(text)
	if err != nil {
		return nil, fmt.Errorf("--committee-template: %s: %w", f.CommitteeTemplate, err)
	}
	return t, nil
}

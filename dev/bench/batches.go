package bench

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Source is where the world's nodes come from; the external id is the node's number within its kind.
const Source = "bench"

// perBatch is how many nodes and edges a batch has, a few more or less.
const perBatch = 4_000

var (
	givenNames = strings.Fields("Ada Amir Anna Ben Björn Carla Chen Clara David Dilan Elif Emma Erik Eva Farah Felix Finn Greta Hana Hugo " +
		"Ida Ines Ivan Jana Jonas Julia Kaan Karl Lara Lea Leon Lina Luca Maja Marie Marta Max Mia Mila Nadia Nils Nina Noah Nora Olaf " +
		"Olga Paul Petra Rosa Samir Sara Sofia Sven Tim Tom Ulla Vera Yara Zoë Özlem")
	familyNames = strings.Fields("Adler Aydın Bauer Becker Berg Bianchi Braun Brandt Chen Costa Demir Dubois Ebert Fischer Frank García Graf Haas " +
		"Hahn Hansen Hartmann Hoffmann Huber Ivanov Jansen Jäger Kaiser Keller Klein Koch Kovács Kowalski König Krause Kühn Lang Lehmann Lorenz " +
		"Maier Martin Moreau Müller Nagy Neumann Novák Nguyen Otto Peters Petit Pohl Richter Roth Rossi Sato Schmidt Schneider Schulz Seidel Silva " +
		"Simon Smirnov Sommer Stein Tanaka Thomas Vogel Voigt Wagner Walter Weber Weiß Winter Wolf Yılmaz Ziegler Zimmermann")
	firmNames  = strings.Fields("Alpen Amber Arctic Atlas Baltic Blau Borealis Cedar Cobalt Delta Eichen Falken Forst Gamma Grün Hansa Helios Isar Jura Kestrel Lindner Maas Nord Oder Orion Pilot Quarz Rhein Saale Süd Taunus Ural Vega Werra Zenit")
	firmKinds  = strings.Fields("Anlagenbau Analytics Bau Bank Chemie Data Druck Energie Feinmechanik Foods Glas Handel Holz Kliniken Labor Logistik Medien Metall Motoren Optik Papier Pharma Pumpen Robotik Software Stahl Systeme Technik Textil Ventile")
	titles     = strings.Fields("Buyer Controller Developer Director Engineer Manager Planner Researcher Technician Treasurer")
	departs    = strings.Fields("Purchasing Finance IT Management Production Sales Research Legal")
	roles      = strings.Fields("ECONOMIC_BUYER DECISION_MAKER CHAMPION INFLUENCER TECHNICAL_BUYER EVALUATOR USER PROCUREMENT LEGAL BLOCKER")
	stances    = strings.Fields("SUPPORTIVE NEUTRAL OPPOSED UNKNOWN")
	seniority  = strings.Fields("STAFF SENIOR MANAGER DIRECTOR VP C_LEVEL")
	journey    = strings.Fields("AWARENESS INTEREST CONSIDERATION PURCHASE ONBOARDING USE LOYALTY ADVOCACY")
	kinds      = strings.Fields("CALL MAIL MAIL MAIL CHAT VISIT PAGE_VIEW PAGE_VIEW MEETING")
	channels   = map[string]string{"CALL": "PHONE", "MAIL": "EMAIL", "CHAT": "CHAT", "VISIT": "IN_PERSON", "PAGE_VIEW": "WEB", "MEETING": "IN_PERSON"}
	categories = strings.Fields("Pumps Valves Sensors Software Service Spares Training Drives")
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// writer fills batches and hands on those that are full.
type writer struct {
	*World
	r     *rand.Rand
	more  *rand.Rand    // for what large deals take, and introductions
	cites map[int][]int // claims on large deals, by whom they are about
	cat   *graph.Catalog
	batch *graph.Batch
	yield func(*graph.Batch) bool
	done  bool
}

// Batches are the world, in the order it is to be written in.
func (w *World) Batches(cat *graph.Catalog) iter.Seq[*graph.Batch] {
	return func(yield func(*graph.Batch) bool) {
		out := &writer{World: w, r: rand.New(rand.NewPCG(seed, 2)), more: rand.New(rand.NewPCG(seed, 5)), cites: map[int][]int{}, cat: cat, yield: yield, batch: &graph.Batch{Source: Source}}
		out.companies()
		out.people()
		out.consents()
		out.sales()
		out.trade()
		out.interactions()
		out.flush(0)
	}
}

// flush hands on the batch if it has at least as many elements.
func (o *writer) flush(atLeast int) {
	if n := len(o.batch.Nodes) + len(o.batch.Edges); n > 0 && n >= atLeast && !o.done {
		o.done = !o.yield(o.batch)
		o.batch = &graph.Batch{Source: Source}
	}
}

func (o *writer) node(kind string, n int, set graph.Values) {
	o.flush(perBatch)
	o.batch.Nodes = append(o.batch.Nodes, graph.Upsert{Kind: o.cat.MustKind(kind), ID: strconv.Itoa(n), Set: set})
}

// told is what a node was from an instant on.
func (o *writer) told(kind string, n int, from time.Time, set graph.Values) {
	o.node(kind, n, set)
	o.batch.Nodes[len(o.batch.Nodes)-1].At = new(graph.At(from))
}

func (o *writer) edge(rel, fromKind string, from int, toKind string, to int, set graph.Values) {
	ref := func(kind string, n int) graph.NodeRef {
		return graph.NodeRef{Kind: o.cat.MustKind(kind), External: graph.External{ID: strconv.Itoa(n)}}
	}
	o.batch.Edges = append(o.batch.Edges, graph.Link{Rel: o.cat.Rel(rel), From: ref(fromKind, from), To: ref(toKind, to), Set: set})
}

func eur(amount int64) graph.Money { return graph.Money{Amount: amount, Currency: "EUR"} }

func micros(t time.Time) int64 { return int64(graph.At(t)) }

// some instant of the world.
func (o *writer) some() time.Time {
	return End.Add(-time.Duration(o.r.Int64N(int64(span)))).Truncate(time.Second)
}

func (o *writer) companies() {
	for i := range o.Size.Employees {
		o.node("Employee", i, graph.Values{"name": pick(o.r, givenNames) + " " + pick(o.r, familyNames), "title": pick(o.r, titles), "team": pick(o.r, departs)})
	}
	for i := range o.Size.Employees {
		if i > 0 {
			o.edge("REPORTS_TO", "Employee", i, "Employee", (i-1)/8, graph.Values{"kind": "LINE"})
		}
	}
	for i := range o.Size.Products {
		o.node("Product", i, graph.Values{"name": fmt.Sprintf("%s %s %d", pick(o.r, firmNames), pick(o.r, categories), i),
			"category": pick(o.r, categories), "price": eur(int64(10+o.r.IntN(5000)) * 10_000)})
	}
	version := 0
	for i, a := range o.accounts {
		name := fmt.Sprintf("%s %s %d", pick(o.r, firmNames), pick(o.r, firmKinds), i)
		o.node("Account", i, graph.Values{"name": name, "domain": fmt.Sprintf("firm%d.example", i), "timeZone": "Europe/Berlin",
			"accountStage": pick(o.r, []string{"PROSPECT", "CUSTOMER", "CUSTOMER", "FORMER", "PARTNER"})})
		if a.parent >= 0 {
			o.edge("SUBSIDIARY_OF", "Account", i, "Account", a.parent, graph.Values{"share": int64(510_000 + i%490_000), "from": micros(End.Add(-span))})
		}
		o.edge("OWNED_BY", "Account", i, "Employee", o.r.IntN(o.Size.Employees), graph.Values{"role": "AE", "from": micros(End.Add(-span))})
		since := o.some()
		if o.r.IntN(5) == 0 { // an older version, when the company was smaller
			o.firmographics(version, i, a.employees*3/4+1, a.revenue/4*3, graph.Values{"from": micros(End.Add(-2 * span)), "to": micros(since)})
			version++
		}
		o.firmographics(version, i, a.employees, a.revenue, graph.Values{"from": micros(since)})
		version++
	}
}

func (o *writer) firmographics(n, account, employees int, revenue int64, valid graph.Values) {
	o.node("Firmographics", n, graph.Values{"industry": o.accounts[account].industry, "employeeCount": int64(employees), "revenue": eur(revenue),
		"growth": int64(o.r.IntN(400_000)) - 100_000, "foundedYear": int64(1900 + o.r.IntN(120)), "source": "register"})
	o.edge("DESCRIBED_BY", "Account", account, "Firmographics", n, valid)
}

func (o *writer) people() {
	for i, c := range o.customers {
		given, family := pick(o.r, givenNames), pick(o.r, familyNames)
		set := graph.Values{"name": given + " " + family, "givenName": given, "familyName": family,
			"email": fmt.Sprintf("person%d@mail.example", i), "phone": fmt.Sprintf("+49 30 %07d", i), "language": "de",
			"journeyStage": pick(o.r, journey), "birthYear": int64(1950 + o.r.IntN(55))}
		if o.more.IntN(20) == 0 {
			set["introducesOthers"] = false
		}
		o.node("Customer", i, set)
		for _, j := range c.jobs {
			set := graph.Values{"title": pick(o.r, titles), "department": pick(o.r, departs), "seniority": pick(o.r, seniority), "from": micros(j.from)}
			if o.more.IntN(3) > 0 {
				set["approvalLimit"] = eur(int64(1+o.more.IntN(300)) * 10_000_000)
			}
			if !j.to.IsZero() {
				set["to"] = micros(j.to)
			}
			o.edge("WORKS_AT", "Customer", i, "Account", j.account, set)
		}
	}
	for i := range o.accounts {
		people := o.accounts[i].people
		for k, who := range people[min(1, len(people)):] { // five to each manager
			o.edge("REPORTS_TO", "Customer", who, "Customer", people[k/5], graph.Values{"kind": "LINE", "from": micros(End.Add(-span))})
		}
	}
}

// consents: one customer in five has objected to SALES and to SERVICE, two in five consent to MARKETING.
func (o *writer) consents() {
	n := 0
	say := func(customer int, purpose graph.Purpose, status string) {
		o.node(graph.ConsentKind, n, graph.Values{graph.ConsentPurpose: string(purpose), graph.ConsentStatus: status, graph.ConsentAt: micros(End.Add(-span))})
		o.edge("GIVEN_BY", graph.ConsentKind, n, "Customer", customer, nil)
		n++
	}
	r := rand.New(rand.NewPCG(seed, 3))
	for i := range o.customers {
		if r.IntN(5) == 0 {
			say(i, graph.Sales, graph.Objected)
			say(i, graph.Service, graph.Objected)
		}
		if r.IntN(5) < 2 {
			say(i, graph.Marketing, graph.Granted)
		}
	}
}

func (o *writer) sales() {
	claim := 0
	for i, d := range o.deals {
		opened := o.some()
		set := graph.Values{"name": fmt.Sprintf("%s %d", pick(o.r, categories), i), "type": pick(o.r, []string{"NEW", "RENEWAL", "EXPANSION"}),
			"stage": d.stage, "amount": eur(int64(1000+o.r.IntN(200_000)) * 10_000), "openedAt": micros(opened)}
		if d.stage == "WON" || d.stage == "LOST" {
			set["outcome"], set["closedAt"] = d.stage, micros(opened.Add(End.Sub(opened)/2))
		}
		large := i%largeOf == largeOf/2
		if large {
			opened = End.AddDate(0, 0, -100-o.more.IntN(100))
			set["openedAt"] = micros(opened)
			delete(set, "stage")
		}
		o.node("Deal", i, set)
		if large {
			o.course(i, d.stage, opened)
		}
		o.edge("WITH", "Deal", i, "Account", d.account, nil)
		o.edge("FOR", "Deal", i, "Product", o.r.IntN(o.Size.Products), graph.Values{"quantity": int64(1 + o.r.IntN(20))})
		o.edge("WORKED_BY", "Deal", i, "Employee", o.r.IntN(o.Size.Employees), graph.Values{"role": "AE", "from": micros(opened)})
		for _, about := range d.claims {
			o.node("Claim", claim, graph.Values{"role": pick(o.r, roles), "stance": pick(o.r, stances), "confidence": int64(o.r.IntN(101)) * 10_000,
				"from": micros(opened), "recordedAt": min(micros(opened.Add(24*time.Hour)), micros(End)), "claimOrigin": "EMPLOYEE"})
			o.edge("ON", "Claim", claim, "Deal", i, nil)
			o.edge("ABOUT", "Claim", claim, "Customer", about, nil)
			o.edge("BY", "Claim", claim, "Employee", o.r.IntN(o.Size.Employees), nil)
			if large {
				o.cites[about] = append(o.cites[about], claim)
			}
			claim++
		}
	}
}

// course is how a large deal went: it went on once, and was put off twice.
func (o *writer) course(i int, stage string, opened time.Time) {
	day := func(n int) int64 { return micros(opened.AddDate(0, 0, n).Truncate(24 * time.Hour)) }
	o.told("Deal", i, opened, graph.Values{"stage": "PROSPECTING", "expectedClose": day(60)})
	o.told("Deal", i, opened.AddDate(0, 0, 30), graph.Values{"stage": stage, "expectedClose": day(90)})
	o.told("Deal", i, opened.AddDate(0, 0, 80), graph.Values{"expectedClose": day(150 + o.more.IntN(60))})
}

func (o *writer) trade() {
	for i := range o.Size.Orders {
		price, quantity := int64(10+o.r.IntN(5000))*10_000, int64(1+o.r.IntN(9))
		o.node("Order", i, graph.Values{"number": fmt.Sprintf("O-%06d", i), "placedAt": micros(o.some()), "orderStatus": "DELIVERED", "total": eur(price * quantity)})
		o.party("PLACED_BY", "Order", i)
		o.edge("CONTAINS", "Order", i, "Product", o.r.IntN(o.Size.Products), graph.Values{"quantity": quantity, "unitPrice": eur(price), "net": eur(price * quantity)})
	}
	for i := range o.Size.Cases {
		status, opened := pick(o.r, []string{"OPEN", "PENDING", "RESOLVED", "CLOSED"}), o.some()
		set := graph.Values{"number": fmt.Sprintf("C-%06d", i), "kind": "COMPLAINT", "severity": "MEDIUM", "status": status, "openedAt": micros(opened)}
		if status == "RESOLVED" || status == "CLOSED" {
			set["resolvedAt"] = micros(opened.Add(End.Sub(opened) / 2))
		}
		o.node("Case", i, set)
		o.party("OF", "Case", i)
		o.edge("ABOUT", "Case", i, "Product", o.r.IntN(o.Size.Products), nil)
	}
}

// party leads to a company or a person.
func (o *writer) party(rel, kind string, n int) {
	if o.r.IntN(3) > 0 {
		o.edge(rel, kind, n, "Account", o.r.IntN(o.Size.Accounts), nil)
	} else {
		o.edge(rel, kind, n, "Customer", o.r.IntN(o.Size.Customers), nil)
	}
}

// interactions are evenly spread over time and employees, but not over customers and products. One in ten is with somebody in a large deal, and
// with one of two of our own people.
func (o *writer) interactions() {
	busy, sold := skewed(o.r, o.Size.Customers), skewed(o.r, o.Size.Products)
	n := o.Size.Interactions
	for i := range n {
		if o.done {
			return
		}
		kind := pick(o.r, kinds)
		at := End.Add(-span).Add(span / time.Duration(n) * time.Duration(i)).Truncate(time.Second)
		origin, hers, ours := pick(o.r, []string{"CUSTOMER", "BUSINESS"}), "FROM", "TO"
		if origin == "BUSINESS" {
			hers, ours = ours, hers
		}
		o.node("Interaction", i, graph.Values{"at": micros(at), "sequence": int64(i), "kind": kind, "channel": channels[kind],
			"origin": origin, "subject": fmt.Sprintf("About order %d", o.r.IntN(100_000)),
			"sentiment": int64(o.r.IntN(200)-100) * 10_000})
		first, seller := busy(), i%o.Size.Employees
		if len(o.talked) > 0 && o.more.IntN(10) == 0 {
			first = o.talked[o.more.IntN(len(o.talked))]
			seller = (first + i%2) % o.Size.Employees
			if claims := o.cites[first]; o.more.IntN(4) == 0 {
				o.edge("CITES", "Claim", claims[o.more.IntN(len(claims))], "Interaction", i, nil)
			}
		}
		o.edge("PARTICIPANT", "Interaction", i, "Customer", first, graph.Values{"role": hers})
		if o.r.IntN(12) == 0 {
			if second := busy(); second != first {
				o.edge("PARTICIPANT", "Interaction", i, "Customer", second, graph.Values{"role": "CC"})
			}
		}
		o.edge("PARTICIPANT", "Interaction", i, "Employee", seller, graph.Values{"role": ours})
		if o.r.IntN(10) == 0 && o.Size.Employees > 1 {
			o.edge("PARTICIPANT", "Interaction", i, "Employee", (seller+1)%o.Size.Employees, graph.Values{"role": "CC"})
		}
		if o.r.IntN(100) < 55 {
			o.edge("ABOUT", "Interaction", i, "Product", sold(), nil)
		}
		if o.r.IntN(20) == 0 {
			o.edge("ABOUT", "Interaction", i, "Deal", o.r.IntN(o.Size.Deals), nil)
		}
		if o.r.IntN(30) == 0 {
			o.edge("IN", "Interaction", i, "Case", o.r.IntN(o.Size.Cases), nil)
		}
	}
}

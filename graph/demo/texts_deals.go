package demo

// note is what an employee writes down of a call or a meeting.
type note struct {
	subject, text, outcome string
	mood                   int
}

// stageTalk is what is said while a deal is at a stage. The gaps are those of words.
type stageTalk struct {
	mails    []exchange
	calls    []note
	meetings []note
}

var lossReasons = []string{"Lost to a competitor", "No budget this year", "Project postponed", "Price", "Decided to build it themselves", "Missing certification", "No decision"}

var competitors = []string{"Hexaflow", "Sensoralis", "Norlund Automation", "Pulse & Partners"}

var dealNames = map[string][]string{
	"NEW":       {"{p} for the new hall", "{p} pilot, line {m}", "Condition monitoring {n}", "Replacement of analogue gauges", "{p} roll-out", "Leak detection, building {m}", "Energy metering {n}"},
	"EXPANSION": {"{p} for lines {m} to 12", "Second site: {p}", "Extension {n}: {p}", "More sensors for hall {m}", "{p}, night shift"},
	"RENEWAL":   {"Renewal {n}", "Service contract {n}", "{p} renewal {n}"},
}

var dealTalk = map[string]stageTalk{
	"PROSPECTING": {
		mails: []exchange{
			{"Your pumps and our {p}", true, 15, []string{
				"Dear {c},\n\nthank you for stopping by our stand. You said that unplanned stops cost you a shift each month. Would half an hour next week do to see what the {p} could tell you beforehand?\n\nKind regards\n{E}",
				"Hello {e},\n\nyes, that was me complaining about pump {m}. Wednesday after ten is fine. I will bring our maintenance lead.\n\n{c}"}},
			{"Question about the {p}", false, 20, []string{
				"Hello,\n\nwe are comparing sensors for a line that is to be rebuilt. Does the {p} speak OPC UA, and what is the lead time for {n} pieces?\n\nBest regards\n{C}",
				"Dear {c},\n\nit does, and {n} pieces leave our warehouse within two weeks. May I ask what the line makes? Then I can say more about ranges.\n\n{E}",
				"Thanks for the quick answer. Mostly slurry, 60 °C, some foam. I have attached the drawing.\n\n{c}"}},
			{"Reference from your industry", true, 0, []string{
				"Dear {c},\n\na company of your size, two hours from you, cut its water losses by a fifth in the first year. I attach two pages on how they did it.\n\nBest\n{e}"}},
		},
		calls: []note{
			{"", "First call. {c} runs into downtime at the weekend when nobody watches the line. Budget is open, wants examples.", "follow-up agreed", 20},
			{"", "Reached {c} between two meetings. Interested, but the plant manager has to be there. Will send three dates.", "call back", 5},
			{"", "{c} asked not to be called before the end of the quarter. They have another project on the table.", "later", -15},
		},
		meetings: []note{
			{"Introduction: {p}", "Showed the {p} on the test bench. {c} asked about calibration intervals, and who else uses it in the region.", "next step agreed", 25},
			{"Site visit {a}", "Walked the line with {c}. Twelve measuring points, three of them hard to reach. Old cabling, but there is power everywhere.", "next step agreed", 30},
		},
	},
	"ENGAGING": {
		mails: []exchange{
			{"Measuring points", false, 10, []string{
				"Hello {e},\n\nhere is the list we promised: {n} points, {m} of them in the wet area. Please check whether the {p} is tight enough there (IP69K).\n\nRegards\n{C}",
				"Hello {c},\n\nit is, with the steel housing. For the {m} points in the wet area I would add the longer cable. Shall I price both?\n\n{e}",
				"Yes please, both. And without the dashboard, our controlling has its own.\n\n{c}"}},
			{"Data protection questions", false, -10, []string{
				"Dear {e},\n\nour IT wants to know where the data of the {p} are kept and who can read them. Is there a paper on that?\n\n{C}",
				"Dear {c},\n\nattached. In short: in the EU, encrypted, and readable by your people only. Our engineer can join your IT's meeting on Thursday.\n\n{E}"}},
			{"Trial", true, 35, []string{
				"Hi {c},\n\nthe {n} trial units have been on your line for two weeks. What do you see?\n\n{e}",
				"Hi {e},\n\nmore than we liked! Bearing {m} is on its way out, and we would not have known. The colleagues want to keep the things.\n\n{c}"}},
		},
		calls: []note{
			{"", "Went through the requirements with {c}. Must have: OPC UA, alarms by text message. Nice to have: our cloud.", "requirements noted", 15},
			{"", "{c} says that the plant manager is in favour and that finance wants numbers. Will send the calculation.", "calculation requested", 10},
			{"", "{c} compares us with another supplier, who is cheaper by a tenth, but has no service in the region.", "competitor named", -10},
		},
		meetings: []note{
			{"Workshop: {p} at {a}", "Went through alarms and limits with {c} and the shift leads. They are afraid of too many alarms. We agreed on three levels.", "requirements noted", 20},
			{"Trial review", "The trial units found a bad bearing. {c} asked for an offer for the whole line.", "offer requested", 45},
		},
	},
	"PROPOSAL": {
		mails: []exchange{
			{"Offer {a}", true, 10, []string{
				"Dear {c},\n\nattached is our offer for {n} units of the {p} with installation. It holds for six weeks.\n\nKind regards\n{E}",
				"Dear {e},\n\nthank you. Procurement asks for a breakdown by site, and whether the price holds for {m} more.\n\n{C}",
				"Dear {c},\n\nit does, until the end of the year. The breakdown is attached.\n\n{e}"}},
			{"Your offer", false, -20, []string{
				"Hello {e},\n\nI have to be frank: management thinks it is too expensive. Where can we cut without losing the alarms?\n\n{c}",
				"Hello {c},\n\nlet us begin with {m} points instead of {n} and keep the rest as an option at the same price. That is a third less now.\n\n{e}"}},
			{"Terms", false, 0, []string{
				"Dear {E},\n\nour terms of purchase say 60 days. Can you accept that?\n\nBest regards\n{C}",
				"Dear {c},\n\n45 days is what I can do without asking. Would that help?\n\n{e}",
				"Accepted.\n\n{c}"}},
		},
		calls: []note{
			{"", "{c} went through the offer line by line. Installation is questioned, they could do it themselves.", "offer to be revised", -5},
			{"", "{c} expects the board to decide next month. Asked for a one-page summary without technical words.", "summary requested", 15},
		},
		meetings: []note{
			{"Presentation of the offer", "Presented to {c} and the management. Questions about payback time: 14 months by their own numbers. Quiet from finance.", "decision next month", 15},
		},
	},
	"NEGOTIATION": {
		mails: []exchange{
			{"Contract draft", true, 5, []string{
				"Dear {c},\n\nthe draft with your changes is attached. Open is only clause {m}, liability.\n\n{E}",
				"Dear {e},\n\nour counsel will look at clause {m} this week. All else is fine.\n\n{C}"}},
			{"Last point", false, 10, []string{
				"Hello {e},\n\nif you add the training for the night shift, I can get the signature before the holidays.\n\n{c}",
				"Hello {c},\n\none day of training is in. The revised page is attached.\n\n{e}",
				"Good. I will take it to the board.\n\n{c}"}},
			{"Discount", false, -15, []string{
				"Dear {E},\n\nwe have a cheaper offer on the table for the {p}. With {m} percent less we could stay with you.\n\n{C}",
				"Dear {c},\n\nI can give that on the first order, if it is placed this quarter.\n\n{E}"}},
		},
		calls: []note{
			{"", "{c}: legal is done, procurement wants another two percent. Offered longer payment terms instead.", "counter-offer", 0},
			{"", "{c} is confident. The signature waits for the managing director, who is abroad until Monday.", "signature expected", 30},
		},
		meetings: []note{
			{"Negotiation {a}", "Price is settled. Delivery in two lots. {c} will send the order text.", "terms agreed", 30},
			{"Contract review", "Went through liability with {c} and their counsel. Two sentences to be changed.", "draft to be changed", 5},
		},
	},
}

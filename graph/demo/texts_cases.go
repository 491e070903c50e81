package demo

// caseText is how a case begins, and how the mails go back and forth, ours first.
type caseText struct {
	subject, opening string
	mood             int
	answers          []string
}

var caseTexts = map[string][]caseText{
	"COMPLAINT": {
		{"{p} shows wrong values", "Hello,\n\nsince yesterday the {p} shows values that cannot be. The old gauge beside it says something else. Please help.\n\n{C}", -45, []string{
			"Hello {c},\n\nthank you for the report. Could you send the log file (Settings, Diagnosis)? Then we see whether it is the unit or its place.\n\n{E}",
			"Attached. I hope you can read more from it than I can.\n\n{c}",
			"Hello {c},\n\nthe reference drifted. We exchange the unit under warranty; a new one leaves today.\n\n{e}"}},
		{"Parcel incomplete", "Good morning,\n\ntwo pieces were missing in the parcel, the delivery note lists them.\n\n{C}", -35, []string{
			"Good morning {c},\n\nour mistake, I am sorry. The missing pieces are on their way, express.\n\n{E}"}},
		{"{p} offline", "Hi,\n\nthe {p} has been offline since the weekend. A restart helped for an hour.\n\n{c}", -50, []string{
			"Hi {c},\n\nI see it drop out every 61 minutes. Which firmware does your router have?\n\n{e}",
			"The provider changed it last week, so a new one, I guess.\n\n{c}",
			"That is it. Please switch off power saving for the radio; we will mend it on our side in the next version.\n\n{e}"}},
		{"No answer", "Dear Sir or Madam,\n\nI wrote ten days ago about the {p} and nobody answered. Is anybody there?\n\n{C}", -70, []string{
			"Dear {c},\n\nthat must not happen, and I apologise. Your mail was filed under another number. I take care of it myself now.\n\n{E}"}},
		{"Invoice wrong", "Hello,\n\nyour invoice lists the {p} twice. We ordered one.\n\n{C}", -30, []string{
			"Hello {c},\n\nright, the credit note is attached.\n\n{E}"}},
		{"{p}: housing cracked", "Hello,\n\nthe housing of the {p} has a crack at the screw, after four months. Photos attached.\n\n{c}", -40, []string{
			"Hello {c},\n\nthank you for the photos. We know this from one lot of last summer and exchange all of it. How many do you have with a serial number that begins with 7?\n\n{e}",
			"Three, but only one is cracked.\n\n{c}",
			"We send three.\n\n{e}"}},
	},
	"REQUEST": {
		{"Manual for the {p}", "Hello,\n\nwhere do I find the manual of the {p}, the one with the wiring?\n\n{C}", 5, []string{"Hello {c},\n\nattached; page 14 has the wiring.\n\n{E}"}},
		{"Export of readings", "Hi,\n\nhow do I get last year's readings of the {p} into a spreadsheet?\n\n{c}", 5, []string{
			"Hi {c},\n\nReports, Export, then choose the year. Above a million rows you get a link by mail.\n\n{e}", "It worked. The file is huge!\n\n{c}"}},
		{"Second user", "Hello,\n\nplease add a second user for the {p}, with the right to change limits.\n\n{C}", 0, []string{"Hello {c},\n\ndone.\n\n{E}"}},
		{"Exchange of batteries", "Hello,\n\nmay we change the batteries of the {p} ourselves, or does the warranty end then?\n\n{c}", 0, []string{
			"Hello {c},\n\nyou may; use our pack and note the date in the app.\n\n{e}"}},
		{"Other mounting", "Hello,\n\nis there a bracket for the {p} on round pipes, 80 mm?\n\n{c}", 5, []string{
			"Hello {c},\n\nthere is, number 4417. Shall I add it to your next order?\n\n{e}", "Yes please, four.\n\n{c}"}},
	},
	"PRAISE": {
		{"Thank you", "Dear team,\n\nyour colleague stayed on the phone until ten in the evening until our line ran again. Please tell her that we owe her a cake.\n\n{C}", 85, []string{"Dear {c},\n\nI did, and she blushed. Thank you!\n\n{E}"}},
		{"The {p} paid for itself", "Hello,\n\njust to let you know: the {p} found a leak we had been looking for since autumn.\n\n{c}", 80, []string{"Hello {c},\n\nthat makes our day. May we tell others?\n\n{e}"}},
	},
	"SUGGESTION": {
		{"Idea for the {p}", "Hello,\n\nit would help if the {p} said which limit was passed in the text message, not only that one was.\n\n{C}", 20, []string{"Hello {c},\n\ngood idea, it is on the list now; you will hear from us.\n\n{E}"}},
		{"Dark mode", "Hi,\n\non night shift the white screen blinds us. A dark one, please!\n\n{c}", 10, []string{"Hi {c},\n\nyou are the sixth this month. It is planned.\n\n{e}"}},
		{"Refill packs", "Hello,\n\nplease sell batteries without plastic around each single one.\n\n{c}", -5, []string{"Hello {c},\n\nfrom summer on they come in paper.\n\n{e}"}},
	},
}

var resolutions = []string{
	"Hello {c},\n\nas agreed the case is closed. If the {p} makes trouble again, answer this mail and we go on from here.\n\n{E}",
	"Dear {c},\n\nwe consider this settled. Thank you for your patience.\n\n{E}",
	"Hi {c},\n\nall done on our side. Was it what you needed?\n\n{e}",
}

var thanks = []string{
	"Thank you, that was quick.\n\n{c}", "All good now. Thanks!\n\n{c}", "It works. I would not have found that myself.\n\n{c}", "Thanks. Next time please without the two reminders.\n\n{c}",
}

var reviews = []string{
	"Went through the causes with {c}. Agreed: daily report until the end of the month, one number to call at night.",
	"{c} described what the stop cost. We showed what we change; spare units are kept on site from now on.",
}

var cancellations = []string{
	"Hello,\n\nplease cancel our order, the project was stopped.\n\nRegards", "Hello,\n\nI ordered the wrong size, please cancel.", "We found some in our own store after all. Please cancel, sorry for the trouble.",
}

var parcels = []string{
	"Hello {c},\n\nyour order {n} has left our warehouse and should be with you in two to three days.", "Good news, {c}: {n} is on its way.",
}

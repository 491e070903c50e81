package demo

var smallTalk = []exchange{
	{"Calibration due", true, 10, []string{
		"Hi {c},\n\n{n} of your sensors are due for calibration next month. Shall we send the exchange set as last year?\n\n{e}",
		"Hi {e},\n\nyes please, to the back gate. The front is a building site until spring.\n\n{c}"}},
	{"Delivery dates", false, -5, []string{
		"Hello {e},\n\ncan you tell me when the rest of our {p} units will come? The fitters are booked for the {n}th.\n\nThanks\n{c}",
		"Hello {c},\n\nthey leave us on Thursday, so you have them with two days to spare.\n\n{e}",
		"Perfect, thank you.\n\n{c}"}},
	{"Alarm limits", false, 5, []string{
		"Hello {e},\n\nwe get an alarm from line {m} every night at two. It is the cleaning cycle. How do I tell the {p} to be quiet then?\n\n{c}",
		"Hello {c},\n\nunder Limits, Schedules: add one from 01:45 to 02:40. I can do it with you on the phone, it takes two minutes.\n\n{e}",
		"Found it. Silence at last.\n\n{c}"}},
	{"Quarterly report", true, 20, []string{
		"Dear {c},\n\nthe report for {a} is attached. {m} warnings, two of them real; no unplanned stop. Well done.\n\nBest regards\n{E}"}},
	{"Certificate", false, 0, []string{
		"Dear {E},\n\nour auditor asks for the calibration certificates of the {n} sensors that you delivered in spring.\n\nKind regards\n{C}",
		"Dear {c},\n\nall {n} are attached. They can also be had from the portal, under Documents.\n\n{E}"}},
	{"Holiday cover", true, 10, []string{
		"Hi {c},\n\nI am away for two weeks. Support knows your plant; write to the usual address and mention {a}.\n\n{e}",
		"Enjoy it! Nothing will break. Hopefully.\n\n{c}"}},
	{"User for a new colleague", false, 5, []string{
		"Hello {e},\n\nwe have a new colleague on the night shift. Can you give her access to the dashboard, read only?\n\n{c}",
		"Hello {c},\n\ndone, the invitation is on its way to her.\n\n{e}"}},
	{"News about the {p}", true, 15, []string{
		"Dear {c},\n\nthe new version of the {p} keeps its readings for {n} days when the network is down. The update is free and takes a restart.\n\nKind regards\n{E}"}},
	{"Slow dashboard", false, -30, []string{
		"Hi {e},\n\nthe dashboard takes half a minute to open since Monday. Is that you or us?\n\n{c}",
		"Hi {c},\n\nthat was us, sorry. A report of another customer kept the database busy. It should be fast again.\n\n{e}",
		"It is. Thanks.\n\n{c}"}},
	{"Wrong invoice address", false, -20, []string{
		"Dear {E},\n\nyour last invoice went to our old address again. Please correct this.\n\n{C}",
		"Dear {c},\n\nI apologise. It is corrected, and a new invoice is attached.\n\n{E}"}},
	{"Visit next month", true, 20, []string{
		"Hi {c},\n\nI am in your region in the week of the {n}th. Coffee and a walk along the line?\n\n{e}",
		"Gladly. Tuesday, nine o'clock, safety shoes.\n\n{c}"}},
	{"Spare parts", false, 0, []string{
		"Hello {e},\n\nplease quote {n} battery packs and {m} gaskets for the {p}.\n\nRegards\n{C}",
		"Hello {c},\n\nattached. The gaskets come free with the packs.\n\n{e}"}},
}

// foreignTalk is in the customer's language.
var foreignTalk = map[string][]exchange{
	"de": {
		{"Kalibrierung", false, 5, []string{
			"Guten Tag {e},\n\nbei uns stehen {n} Sensoren zur Kalibrierung an. Können Sie die Tauschgeräte bis zum Monatsende schicken?\n\nMit freundlichen Grüßen\n{C}",
			"Guten Tag {c},\n\ndie Geräte gehen am Donnerstag raus. Das Rücksendeetikett liegt bei.\n\nViele Grüße\n{e}"}},
		{"Störung Linie {m}", false, -35, []string{
			"Hallo {e},\n\nLinie {m} meldet seit heute früh keine Werte mehr. Wir haben schon neu gestartet. Bitte um Rückruf.\n\n{c}",
			"Hallo {c},\n\nich sehe es, das Gateway hängt. Ich rufe in zehn Minuten an.\n\n{e}",
			"Läuft wieder, danke für die schnelle Hilfe!\n\n{c}"}},
	},
	"fr": {
		{"Rapport trimestriel", true, 15, []string{
			"Bonjour {c},\n\nveuillez trouver ci-joint le rapport du trimestre : {m} alertes, aucun arrêt imprévu.\n\nBien cordialement\n{E}",
			"Bonjour {e},\n\nmerci, je le présente jeudi à la direction.\n\n{C}"}},
		{"Délai de livraison", false, -10, []string{
			"Bonjour,\n\npourriez-vous nous confirmer la livraison des {n} capteurs avant la fin du mois ? Les monteurs sont déjà réservés.\n\nCordialement\n{C}",
			"Bonjour {c},\n\nc'est confirmé, ils partent demain.\n\n{e}"}},
	},
	"es": {
		{"Acceso al panel", false, 0, []string{
			"Hola {e}:\n\n¿podéis dar de alta a {m} compañeros del turno de noche? Solo lectura.\n\nGracias\n{c}",
			"Hola {c}:\n\nhecho, ya tienen la invitación.\n\n{e}"}},
	},
	"pl": {
		{"Oferta na części", false, 5, []string{
			"Dzień dobry,\n\nproszę o ofertę na {n} baterii do czujników.\n\nZ poważaniem\n{C}",
			"Dzień dobry,\n\noferta w załączniku, wysyłka w ciągu trzech dni.\n\n{E}"}},
	},
}

var checkUps = []note{
	{"Check-up", "All quiet at {a}. {c} asks for a second login for the night shift.", "reached", 20},
	{"Check-up", "{c} is happy with the {p}; one sensor in the wet area fails its self-test from time to time. Ticket to follow.", "reached", 15},
	{"Usage", "Only two of the nine dashboards are opened at {a}. Offered {c} a training hour.", "training offered", 0},
	{"Budget", "{c} says that next year's budget is smaller. Renewal is safe, extension is not.", "reached", -15},
	{"Complaint by phone", "{c} waited two days for an answer from support and is not amused. Promised to see to it.", "escalated", -45},
	{"Praise by phone", "{c}: the warning on pump four came three days before it would have failed. Asked whether we may quote that.", "reference possible", 60},
	{"New site", "{a} is building a hall next to the old one. {c} will send the plan when it is approved.", "lead", 30},
	{"Organisation", "{c} mentioned that operations and maintenance will be merged in spring.", "reached", 5},
	{"Price increase", "Told {c} about the new price list in January. Not pleased, but not surprised.", "reached", -20},
}

var getTogethers = []note{
	{"Quarterly review {a}", "Reviewed alarms and downtime with {c}. Fewer false alarms than last quarter. Two limits to be changed.", "actions agreed", 25},
	{"Training", "Ninety minutes on limits and schedules of the {p}. {c} asked the good questions.", "done", 35},
	{"Roadmap", "Showed what comes next for the {p}. {c} would like to be a pilot site.", "pilot possible", 35},
	{"Planning {a}", "Planned the shutdown in summer with {c}: sensors in hall two will be exchanged in week three.", "actions agreed", 10},
	{"Service visit", "Exchanged two units of the {p} and cleaned the cabinet with {c}'s team. One cable gland is to be replaced.", "done", 20},
}

var happenings = []string{
	"No readings for 40 minutes", "Power cut reported at the site", "Connection lost for two hours", "Frost warning in the region",
	"Network provider announces maintenance", "Port strike delays deliveries",
}

var pages = []string{"Home", "Pricing", "Documentation", "Release notes", "Downloads", "Support", "Account settings", "Order history", "Case studies", "Status", "Contact", "Events"}

var smallChats = []note{
	{"{p}: pairing", "The {p} does not pair with my phone. | Please hold the button for ten seconds until it blinks blue. | Now it works, thanks!", "solved", 35},
	{"{p}: battery", "How long does the battery of the {p} last? | About two years; in frost, less. | OK.", "solved", 5},
	{"Where is my parcel?", "The tracking says nothing since Tuesday. | It is in the depot in your town and will come tomorrow.", "solved", -15},
	{"{p} and my other app", "Can the {p} talk to my heating? | Not yet, we are working on it. | A pity.", "wish noted", -10},
	{"Which one?", "I have a flat of 70 m². Is one {p} enough? | For two rooms yes, for the kitchen take another. | Then I'll take two.", "order likely", 30},
	{"Return", "May I send the {p} back? It does not fit the wall. | Yes, within 30 days; the label is in your mail.", "return started", -20},
}

var mentions = []note{
	{"", "Our {p} just saved the cellar. Best eighty euros ever spent.", "", 80},
	{"", "Anyone else whose {p} loses the network every Sunday? Asking for a friend.", "", -40},
	{"", "Set up the {p} in five minutes. Even my father managed.", "", 65},
	{"", "Three weeks with the {p}: honest numbers, ugly app.", "", 15},
	{"", "The {p} shows 4 °C more than two other thermometers. Support is nice, but no help.", "", -55},
	{"", "Fitted twelve of the {p} in the community garden. The tomatoes are grateful.", "", 70},
}

package demo

// players are the names of the cast, by the year modulo six. Even and odd years play in different countries.
var players = struct{ champion, successor, believed, signer, buyer, dark [6]string }{
	champion:  [6]string{"Ragnhild Sæther", "Katrin Löhmann", "Torbjørn Lødøen", "Wiebke Grünwald", "Hedda Fjørtoft", "Renate Bühler"},
	successor: [6]string{"Ivar Grøtte", "Ansgar Rühl", "Unni Håpnes", "Volker Sträßner", "Kåre Bjørlykke", "Egon Pröll"},
	believed:  [6]string{"Leonard Ashby", "Birgitta Sjölin", "Moira Castellanos", "Gustaf Åkerblom", "Dwight Pellerin", "Annika Hörnfeldt"},
	signer:    [6]string{"Yolanda Prewitt", "Mats Öhrn", "Everett Sloan", "Lisbet Hägg", "Corinne Achterberg", "Rolf Envall"},
	buyer:     [6]string{"Ludovica Serafìn", "Jonas Brömmel", "Ettore Bonfà", "Theresa Quittländer", "Fiammetta Orrù", "Hannes Stöckl"},
	dark:      [6]string{"Declan Ó Briain", "Liesbeth Koëter", "Niamh Fitzgibbon", "Sjoerd Wassenaar", "Cathal Devane", "Tineke Ruys"},
}

// pluralist is somebody with two jobs at once.
type pluralist struct {
	name, phone, gender, occupation string
	jobs                            []heldJob
}

type heldJob struct {
	account                            int
	title, department, seniority, role string
	limit, since                       int
}

var pluralists = []pluralist{
	{"Márta Szőllősi", "+36 96 555 0117", "FEMALE", "Economist", []heldJob{
		{21, "Chief Financial Officer", "Finance", "C_LEVEL", "ECONOMIC_BUYER", 200_000, 2021},
		{19, "Member of the Supervisory Board", "Management", "C_LEVEL", "EXECUTIVE_SPONSOR", 0, 2023},
	}},
	{"Jean-Loup Carpentier", "+33 2 55 01 72 40", "MALE", "", []heldJob{
		{23, "Head Baker", "Production", "MANAGER", "USER", 0, 2018},
		{23, "Purchasing", "Procurement", "MANAGER", "PROCUREMENT", 15_000, 2022},
	}},
}

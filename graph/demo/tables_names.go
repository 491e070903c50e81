package demo

// country says how people there are called, and where they live by the clock.
type country struct {
	names, language, zone, dial, currency string
}

var countries = map[string]country{
	"DE": {"de", "de", "Europe/Berlin", "+49 30", "EUR"}, "AT": {"de", "de", "Europe/Vienna", "+43 463", "EUR"},
	"CH": {"de", "de", "Europe/Zurich", "+41 44", "EUR"}, "PL": {"pl", "pl", "Europe/Warsaw", "+48 42", "EUR"},
	"NO": {"nordic", "no", "Europe/Oslo", "+47 7", "EUR"}, "DK": {"nordic", "da", "Europe/Copenhagen", "+45 7", "EUR"},
	"SE": {"nordic", "sv", "Europe/Stockholm", "+46 40", "EUR"}, "IS": {"is", "is", "Atlantic/Reykjavik", "+354", "EUR"},
	"ES": {"es", "es", "Europe/Madrid", "+34 98", "EUR"}, "MX": {"es", "es", "America/Mexico_City", "+52 555", "USD"},
	"PT": {"pt", "pt", "Europe/Lisbon", "+351 22", "EUR"}, "FR": {"fr", "fr", "Europe/Paris", "+33 25", "EUR"},
	"US": {"en", "en", "America/New_York", "+1 312", "USD"}, "CA": {"en", "en", "America/Toronto", "+1 416", "USD"},
	"GB": {"en", "en", "Europe/London", "+44 126", "EUR"}, "IE": {"en", "en", "Europe/Dublin", "+353 21", "EUR"},
	"CZ": {"cs", "cs", "Europe/Prague", "+420 54", "EUR"}, "SK": {"cs", "sk", "Europe/Bratislava", "+421 41", "EUR"},
	"HU": {"hu", "hu", "Europe/Budapest", "+36 96", "EUR"}, "IT": {"it", "it", "Europe/Rome", "+39 051", "EUR"},
	"NL": {"nl", "nl", "Europe/Amsterdam", "+31 174", "EUR"}, "EE": {"ee", "et", "Europe/Tallinn", "+372 6", "EUR"},
	"GR": {"gr", "el", "Europe/Athens", "+30 221", "EUR"}, "JP": {"jp", "ja", "Asia/Tokyo", "+81 3", "USD"},
}

// homes are the countries of private buyers, as often as they are named.
var homes = []string{"DE", "DE", "DE", "AT", "CH", "FR", "FR", "ES", "IT", "NL", "PL", "CZ", "SE", "NO", "DK", "IE", "GB", "PT", "US", "US"}

// callings are given names of women and of men, and family names; a slash parts a man's from a woman's.
type callings struct{ women, men, families []string }

var names = map[string]callings{
	"de": {
		[]string{"Annegret", "Birte", "Carolin", "Franziska", "Heike", "Jördis", "Katrin", "Meike", "Sabine", "Ulrike", "Lea", "Zeynep"},
		[]string{"Anselm", "Björn", "Detlef", "Felix", "Götz", "Jürgen", "Kilian", "Matthias", "Sönke", "Uwe", "Emre", "Lukas"},
		[]string{"Albrecht", "Böhme", "Dörfler", "Eisenhut", "Frühauf", "Gräfe", "Hölzl", "Jäger", "Köhler", "Löwe", "Müllner", "Nüßlein", "Öztürk", "Pfäffle", "Rößler", "Schäffer", "Thönnes", "Weiß", "Zöllner", "Müller"},
	},
	"pl": {
		[]string{"Agnieszka", "Bożena", "Elżbieta", "Grażyna", "Małgorzata", "Zofia"},
		[]string{"Bartłomiej", "Grzegorz", "Łukasz", "Paweł", "Stanisław", "Wojciech"},
		[]string{"Dąbrowski/Dąbrowska", "Gołąb", "Jabłoński/Jabłońska", "Kwiatkowski/Kwiatkowska", "Łuczak", "Mróz", "Pająk", "Sikorski/Sikorska", "Wójcik", "Żurek"},
	},
	"nordic": {
		[]string{"Astrid", "Gunhild", "Ingrid", "Märta", "Solveig", "Åse", "Linnea", "Tuva"},
		[]string{"Anders", "Bjørn", "Eskil", "Håkon", "Jørgen", "Lars", "Søren", "Øyvind"},
		[]string{"Aagaard", "Bjørnstad", "Dahlström", "Ekelöf", "Grønning", "Hågensen", "Kjær", "Lindqvist", "Mørk", "Nygård", "Sjöberg", "Ødegård", "Åkesson", "Vestergaard"},
	},
	"is": {
		[]string{"Guðrún", "Sigríður", "Þóra"}, []string{"Einar", "Jóhann", "Þorsteinn"},
		[]string{"Björnsson/Björnsdóttir", "Einarsson/Einarsdóttir", "Gunnarsson/Gunnarsdóttir", "Ólafsson/Ólafsdóttir", "Þórðarson/Þórðardóttir"},
	},
	"es": {
		[]string{"Begoña", "Inés", "Lucía", "María José", "Rocío", "Sofía", "Ximena"},
		[]string{"Álvaro", "Andrés", "Iñigo", "José Ramón", "Martín", "Raúl", "Víctor"},
		[]string{"Álvarez Ibáñez", "Cárdenas", "Domínguez Peña", "Fernández", "Giménez", "Ibarra", "Muñoz", "Ordóñez", "Quiñones", "Sánchez Ruiz", "Velázquez", "Zúñiga"},
	},
	"pt": {
		[]string{"Conceição", "Inês", "Margarida", "Teresa"}, []string{"Duarte", "Gonçalo", "João", "Simão"},
		[]string{"Assunção", "Brandão", "Conceição Lopes", "Galvão", "Magalhães", "Simões"},
	},
	"fr": {
		[]string{"Adèle", "Bénédicte", "Céline", "Élodie", "Françoise", "Hélène", "Maëlle", "Solène"},
		[]string{"Aurélien", "Benoît", "Cédric", "François", "Jérôme", "Loïc", "Rémi", "Thibault"},
		[]string{"Amélineau", "Beauchêne", "Château", "Deschênes", "Forêt", "Gérard", "Hébert", "Lefèvre", "Mériaux", "Noël", "Prévost", "Rousseau", "Sévigné", "Théry"},
	},
	"en": {
		[]string{"Abigail", "Caitlín", "Denise", "Fiona", "Imani", "Maeve", "Priya", "Ruth", "Siobhán", "Tamara"},
		[]string{"Aidan", "Calvin", "Desmond", "Gareth", "Marcus", "Neil", "Rohan", "Seán", "Terrence", "Wesley"},
		[]string{"Abernathy", "Brannigan", "Calloway", "Deveraux", "Eastwick", "Fairweather", "Goldsborough", "Hargreave", "Iyer", "Kowalczyk", "Lockhart", "MacAuley", "Nakamura", "O'Brien", "Pemberton", "Quigley", "Rosales", "Thackeray", "Umeh", "Whitcombe"},
	},
	"cs": {
		[]string{"Blažena", "Eliška", "Jiřina", "Květa", "Ľudmila", "Zdeňka"},
		[]string{"Bořivoj", "Jiří", "Lukáš", "Ondřej", "Řehoř", "Zdeněk"},
		[]string{"Bureš/Burešová", "Čermák/Čermáková", "Dvořáček/Dvořáčková", "Hruška/Hrušková", "Kříž/Křížová", "Navrátil/Navrátilová", "Říha/Říhová", "Sýkora/Sýkorová", "Šťastný/Šťastná", "Žižka/Žižková"},
	},
	"hu": {
		[]string{"Ágnes", "Erzsébet", "Ildikó", "Zsófia"}, []string{"Béla", "Gergő", "László", "Zoltán"},
		[]string{"Bérczi", "Erdős", "Gyöngyösi", "Hűvös", "Kővári", "Szűcs", "Török"},
	},
	"it": {
		[]string{"Bianca", "Chiara", "Giulia", "Letizia", "Noemi", "Silvia"},
		[]string{"Cosimo", "Davide", "Enrico", "Niccolò", "Ruggero", "Umberto"},
		[]string{"Barbò", "Carrà", "De Angelis", "Fabbri", "Galvagni", "Marchetti", "Nicolò", "Pellegrini", "Salò", "Zanardi"},
	},
	"nl": {
		[]string{"Annelies", "Femke", "Jetske", "Noëlle", "Roos"}, []string{"Daniël", "Gijs", "Joost", "Maarten", "Wouter"},
		[]string{"van Aalst", "de Boer", "Coëlho", "van der Heijden", "Knoop", "ter Meulen", "Slijkhuis", "Zeeman"},
	},
	"ee": {
		[]string{"Külli", "Maarja", "Õnne"}, []string{"Jüri", "Märt", "Tõnu"},
		[]string{"Kõiv", "Mägi", "Pärn", "Rätsep", "Võsu"},
	},
	"gr": {
		[]string{"Eléni", "Katerína", "Sofía"}, []string{"Aléxandros", "Giórgos", "Níkos"},
		[]string{"Galanós/Galanoú", "Kalogerás/Kalogerá", "Papadópoulos/Papadopoúlou", "Vlachos/Vlachou"},
	},
	"jp": {
		[]string{"Ayumi", "Haruka", "Yūko"}, []string{"Daisuke", "Kōji", "Ryō"},
		[]string{"Fujimoto", "Gotō", "Ōno", "Satō"},
	},
}

// plain writes letters as they stand in addresses of mail.
var plain = []string{
	"ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "å", "aa", "ø", "oe", "æ", "ae", "á", "a", "à", "a", "â", "a", "ã", "a", "ą", "a", "č", "c", "ç", "c", "ć", "c",
	"ď", "d", "ð", "d", "é", "e", "è", "e", "ê", "e", "ë", "e", "ę", "e", "ě", "e", "í", "i", "ì", "i", "î", "i", "ï", "i", "ľ", "l", "ł", "l", "ñ", "n", "ň", "n", "ń", "n",
	"ó", "o", "ò", "o", "ô", "o", "õ", "o", "ő", "o", "ō", "o", "ř", "r", "š", "s", "ś", "s", "ť", "t", "ú", "u", "ù", "u", "û", "u", "ű", "u", "ů", "u", "ū", "u",
	"ý", "y", "ž", "z", "ź", "z", "ż", "z", "þ", "th", " ", "", "'", "",
}

// positions are what people at accounts do, by seat.
var positions = []position{
	{[]string{"Managing Director", "Chief Executive Officer", "General Manager"}, "Management", "C_LEVEL", 0},
	{[]string{"Head of Operations", "Plant Manager", "Director of Production"}, "Operations", "DIRECTOR", 150_000},
	{[]string{"Maintenance Engineer", "Automation Engineer", "Process Engineer"}, "Maintenance", "SENIOR", 0},
	{[]string{"Procurement Manager", "Strategic Buyer", "Purchasing Lead"}, "Procurement", "MANAGER", 50_000},
	{[]string{"Chief Financial Officer", "VP Finance", "Head of Controlling"}, "Finance", "VP", 500_000},
	{[]string{"IT Manager", "Head of IT", "OT Security Lead"}, "IT", "MANAGER", 25_000},
	{[]string{"Legal Counsel", "Compliance Officer"}, "Legal", "STAFF", 0},
}

type position struct {
	titles                []string
	department, seniority string
	limit                 int // what may be signed for, in whole units of currency; 0: not known
}

// occupations are those of private buyers.
var occupations = []string{"Teacher", "Architect", "Nurse", "Software developer", "Retired", "Electrician", "Translator", "Gardener", "Civil servant", "Student", "Photographer", "Physician", "Baker", "Beekeeper"}

package demo

// company is a line of the table of accounts. An account's number is its place in the table, from 1, and its external id
// acc-01, acc-02 and so on: lines are added at the end only.
type company struct {
	name, domain  string
	country       string // of the table of countries
	zone          string // where it differs from the country's
	stage         string
	industry, sub string
	employees     int
	revenue       int // of a year, in thousands
	growth        int // of revenue in a year, in thousandths
	founded       int
	funding       int // in thousands, 0: none known
	technologies  string
	seats         int // persons we deal with
	parents       []stake
}

// stake is a share that another account holds, in thousandths, since a year.
type stake struct{ of, share, since int }

const (
	customer = "CUSTOMER"
	prospect = "PROSPECT"
	former   = "FORMER"
	partner  = "PARTNER"
)

var companies = []company{
	// The Brückner family, three levels.
	{"Brückner Industrie Holding SE", "brueckner.example", "DE", "", customer, "Machinery", "Holding", 320, 1_180_000, 35, 1921, 0, "SAP,Microsoft 365,Workday", 4, nil},
	{"Brückner Antriebstechnik GmbH", "brueckner-antriebe.example", "DE", "", customer, "Machinery", "Drive technology", 2_100, 420_000, 42, 1954, 0, "SAP,Siemens MindSphere,OPC UA", 6, []stake{{1, 1000, 1998}}},
	{"Brückner Robotics GmbH", "brueckner-robotics.example", "DE", "", customer, "Machinery", "Robotics", 640, 180_000, 210, 2011, 24_000, "ROS,Kubernetes,Grafana", 4, []stake{{2, 750, 2014}}},
	{"Łódzkie Napędy Sp. z o.o.", "lodzkienapedy.example", "PL", "", customer, "Machinery", "Drive technology", 410, 61_000, 55, 1987, 0, "SAP,OPC UA", 3, []stake{{2, 1000, 2006}}},
	// The Nordvik family; Søndergaard has two parents.
	{"Nordvik Gruppen AS", "nordvik.example", "NO", "", customer, "Food and beverage", "Holding", 210, 890_000, 30, 1936, 0, "Microsoft 365,Power BI", 4, nil},
	{"Nordvik Sjømat AS", "nordvik-sjomat.example", "NO", "", customer, "Food and beverage", "Fish processing", 1_450, 640_000, 61, 1962, 0, "IFS,Azure,OPC UA", 5, []stake{{5, 1000, 1971}}},
	{"Søndergaard Marine A/S", "sondergaard-marine.example", "DK", "", customer, "Transport", "Shipping", 380, 97_000, 12, 1978, 0, "Navision,Azure", 3, []stake{{5, 600, 2018}, {1, 400, 2018}}},
	// The Belmonte family, three levels.
	{"Grupo Belmonte S.A.", "belmonte.example", "ES", "", customer, "Food and beverage", "Holding", 150, 510_000, 22, 1948, 0, "SAP,Salesforce", 3, nil},
	{"Belmonte Alimentación S.A.", "belmonte-alimentacion.example", "ES", "", customer, "Food and beverage", "Packaged food", 980, 240_000, 25, 1965, 0, "SAP,Ignition", 5, []stake{{8, 1000, 1990}}},
	{"Conservas Río Miño S.L.", "conservasriomino.example", "ES", "", customer, "Food and beverage", "Canning", 265, 110_000, 140, 1973, 0, "Odoo,Ignition", 3, []stake{{9, 820, 2012}}},
	{"Belmonte Logística, Lda", "belmonte-logistica.example", "PT", "", customer, "Transport", "Cold chain", 190, 38_000, 48, 1996, 0, "Odoo", 2, []stake{{8, 1000, 2003}}},
	// The Castellan family.
	{"Groupe Castellan SA", "castellan.example", "FR", "", customer, "Energy", "Holding", 430, 1_450_000, 18, 1919, 0, "SAP,Microsoft 365,Snowflake", 7, nil},
	{"Castellan Énergie SAS", "castellan-energie.example", "FR", "", customer, "Energy", "District heating", 1_120, 700_000, 75, 1983, 0, "SAP,AVEVA PI,Azure", 5, []stake{{12, 1000, 1983}}},
	{"Éoliennes de l'Ouest SAS", "eoliennes-ouest.example", "FR", "", prospect, "Energy", "Wind power", 85, 29_000, 260, 2009, 41_000, "AWS,Grafana", 2, []stake{{12, 510, 2019}}},
	// The Kestrel family.
	{"Kestrel Instruments Inc.", "kestrel-instruments.example", "US", "America/Chicago", customer, "Instruments", "Laboratory equipment", 1_900, 460_000, 28, 1959, 0, "Oracle,Salesforce,AWS", 7, nil},
	{"Kestrel Sensors LLC", "kestrel-sensors.example", "US", "", customer, "Instruments", "Sensors", 220, 48_000, 64, 2001, 0, "NetSuite,AWS", 3, []stake{{15, 1000, 2010}}},
	{"Kestrel Medical Devices Inc.", "kestrel-medical.example", "US", "America/Los_Angeles", customer, "Health care", "Medical devices", 760, 250_000, 190, 1994, 67_000, "NetSuite,Veeva,AWS", 4, []stake{{15, 900, 2008}}},
	{"Kestrel Japan K.K.", "kestrel-japan.example", "JP", "", partner, "Instruments", "Distribution", 45, 21_000, 8, 2007, 0, "kintone", 2, []stake{{15, 1000, 2007}}},
	// The Havlíček family.
	{"Havlíček a synové a.s.", "havlicek.example", "CZ", "", customer, "Machinery", "Pumps", 870, 130_000, 33, 1991, 0, "Helios,OPC UA", 4, nil},
	{"Žilinské strojárne s.r.o.", "zilinske-strojarne.example", "SK", "", customer, "Machinery", "Castings", 540, 70_000, 120, 1949, 0, "Helios", 3, []stake{{19, 800, 2015}}},
	{"Győri Gépgyár Kft.", "gyori-gepgyar.example", "HU", "", customer, "Machinery", "Castings", 310, 34_000, -15, 1968, 0, "Infor", 3, []stake{{19, 670, 2017}}},
	// Companies that stand alone.
	{"Öresund Pharma AB", "oresund-pharma.example", "SE", "", customer, "Health care", "Pharmaceuticals", 1_300, 520_000, 88, 1982, 120_000, "SAP,Veeva,AVEVA PI", 5, nil},
	{"Moreau & Filles SARL", "moreau-filles.example", "FR", "", customer, "Food and beverage", "Bakery", 64, 9_800, 40, 1967, 0, "Sage", 2, nil},
	{"Zürcher Präzision AG", "zuercher-praezision.example", "CH", "", customer, "Machinery", "Machine tools", 450, 118_000, 15, 1931, 0, "abas,OPC UA", 4, nil},
	{"Ferrante Ceramiche S.p.A.", "ferrante-ceramiche.example", "IT", "", customer, "Building materials", "Ceramics", 720, 143_000, -22, 1958, 0, "Zucchetti,Ignition", 4, nil},
	{"O'Sullivan Dairy Ltd", "osullivan-dairy.example", "IE", "", customer, "Food and beverage", "Dairy", 330, 92_000, 37, 1974, 0, "Sage,Power BI", 3, nil},
	{"Van den Berg Kassen B.V.", "vandenberg-kassen.example", "NL", "", customer, "Agriculture", "Greenhouses", 140, 31_000, 95, 1985, 0, "Exact,Priva", 3, nil},
	{"Kärntner Holzbau GmbH", "kaerntner-holzbau.example", "AT", "", customer, "Building materials", "Timber", 95, 18_500, 26, 1979, 0, "BMD", 2, nil},
	{"Íslensk Jarðorka hf.", "islensk-jardorka.example", "IS", "", customer, "Energy", "Geothermal", 175, 88_000, 51, 1999, 0, "Navision,AVEVA PI", 3, nil},
	{"Bluewater Analytics Inc.", "bluewater-analytics.example", "US", "", prospect, "Software", "Water analytics", 110, 17_000, 420, 2017, 38_000, "AWS,Snowflake,dbt", 2, nil},
	{"Prairie Grain Cooperative", "", "US", "America/Chicago", customer, "Agriculture", "Grain storage", 260, 205_000, 9, 1933, 0, "AgVision", 3, nil},
	{"Saltmarsh Foods Ltd", "saltmarsh-foods.example", "GB", "", customer, "Food and beverage", "Ready meals", 510, 76_000, -48, 1989, 0, "Sage,Ignition", 3, nil},
	{"Põhjala Puit OÜ", "pohjala-puit.example", "EE", "", customer, "Building materials", "Timber", 120, 22_000, 72, 2004, 0, "Merit", 2, nil},
	{"Aigaío Naftiliakí S.A.", "aigaio.example", "GR", "", prospect, "Transport", "Ferries", 640, 155_000, 44, 1976, 0, "Oracle", 2, nil},
	{"Studio Bianchi Architetti", "studiobianchi.example", "IT", "", former, "Services", "Architecture", 14, 1_900, 0, 2005, 0, "", 1, nil},
	{"Harbour & Finch Retail Inc.", "harbourfinch.example", "US", "", customer, "Retail", "Garden centres", 2_800, 390_000, 31, 1997, 0, "NetSuite,Shopify,Snowflake", 4, nil},
	{"Dębowski Meble S.A.", "debowski-meble.example", "PL", "", customer, "Furniture", "Kitchens", 930, 84_000, 68, 1992, 0, "Comarch,Power BI", 3, nil},
	{"Klinikum Seerose gGmbH", "klinikum-seerose.example", "DE", "", customer, "Health care", "Hospitals", 1_750, 168_000, 20, 1961, 0, "SAP,Orbis", 3, nil},
	{"Cortés y Núñez Ingeniería S.C.", "cortesynunez.example", "MX", "", prospect, "Services", "Engineering", 70, 8_400, 115, 2012, 0, "AWS", 2, nil},
	{"Maple Ridge Textiles Ltd", "mapleridge.example", "CA", "", former, "Textiles", "Technical textiles", 205, 33_000, -90, 1981, 0, "Infor", 2, nil},
}

// rivals are the pairs of parent and subsidiary of which one overtakes the other each year, by the year modulo six.
var rivals = [6][2]int{{2, 3}, {5, 6}, {9, 10}, {12, 13}, {15, 17}, {19, 20}}

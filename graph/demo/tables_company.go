package demo

// ware is a line of the table of products: pro-01, pro-02 and so on.
type ware struct {
	name, category string
	cents          int64 // list price in euros of 2026, in hundredths
	unlisted       bool  // sold at a price on request
	release        int   // year of version 1; 0 for what has no version
	business       int   // how often companies order it
	private        int   // how often private buyers order it
	units          int   // that companies order at once, about
}

const (
	gateway     = 6 // place of the Relay Gateway, which fails each spring
	cloud       = 8 // place of Insight Cloud, behind all that is installed
	calibration = 11
	premium     = 13
)

var wares = []ware{
	{"Flow Sensor FS-20", "Sensors", 148_00, false, 2016, 90, 0, 12},
	{"Flow Sensor FS-40", "Sensors", 236_50, false, 2020, 80, 0, 8},
	{"Vibration Sensor VS-8", "Sensors", 312_00, false, 2019, 85, 0, 10},
	{"Thermal Probe TP-3", "Sensors", 64_90, false, 2014, 95, 6, 20},
	{"Pressure Transmitter PT-12", "Sensors", 189_00, false, 2018, 70, 0, 10},
	{"Level Radar LR-5", "Sensors", 845_00, false, 2021, 40, 0, 4},
	{"Relay Gateway RG-2", "Gateways", 1_290_00, false, 2021, 60, 0, 3},
	{"Edge Gateway EG-4", "Gateways", 2_480_00, false, 2022, 35, 0, 2},
	{"Insight Cloud", "Software", 420_00, false, 2017, 45, 0, 12},
	{"Insight Cloud Predict", "Software", 960_00, false, 2022, 25, 0, 12},
	{"Line Monitor", "Software", 275_00, false, 2019, 30, 0, 10},
	{"Calibration Service", "Services", 390_00, false, 0, 50, 0, 2},
	{"On-site Training", "Services", 1_850_00, false, 0, 12, 0, 1},
	{"Premium Support", "Services", 3_200_00, false, 0, 15, 0, 1},
	{"Retrofit Kit", "Services", 5_400_00, true, 0, 14, 0, 2},
	{"Home Air Monitor", "Home", 119_00, false, 2019, 3, 90, 6},
	{"Home Leak Guard", "Home", 89_00, false, 2020, 4, 80, 10},
	{"Garden Soil Sensor", "Home", 34_90, false, 2018, 14, 100, 25},
	{"Weather Station Mini", "Home", 179_00, false, 2021, 8, 70, 4},
	{"Sensor Battery Pack", "Accessories", 12_50, false, 0, 75, 110, 40},
}

// colleague is a line of the table of employees: emp-01, emp-02 and so on.
type colleague struct {
	name, title, team string
	manager           int // number of another line, 0 for none
	since             int // year of joining
}

// Numbers of the lines that have a part of their own.
const (
	headOfSales     = 2
	headOfService   = 3
	headOfSupport   = 4
	headOfMarketing = 5
	productLead     = 6
	bookkeeper      = 7
	trainee         = 24
	contractor      = 25
)

// Numbers of those who look after accounts.
var (
	executives = []int{8, 9, 10, 11, 12, 13}
	engineers  = []int{14, 15, 16}
	successors = []int{17, 18, 19, 20} // customer success managers
	supporters = []int{21, 22, 23}
)

var colleagues = []colleague{
	{"Henrike Voß", "Chief Executive Officer", "Management", 0, 2013},
	{"Casimir Delacroix", "Vice President Sales", "Sales", 1, 2015},
	{"Nadja Przybylska", "Head of Customer Success", "Customer Success", 1, 2016},
	{"Tobias Ahlgrimm", "Head of Support", "Support", 3, 2017},
	{"Yvette Okonkwo", "Head of Marketing", "Marketing", 1, 2018},
	{"Rasmus Thorvald", "Product Lead Gateways", "Product", 1, 2018},
	{"Mirela Ionescu", "Accounts Receivable", "Finance", 1, 2019},
	{"Lennart Grieshaber", "Account Executive", "Sales Central", 2, 2016},
	{"Paulína Horáková", "Account Executive", "Sales East", 2, 2018},
	{"Ignacio Larrañaga", "Account Executive", "Sales South", 2, 2017},
	{"Freya Halvorsen", "Account Executive", "Sales North", 2, 2019},
	{"Darnell Whitaker", "Senior Account Executive", "Sales Americas", 2, 2015},
	{"Amélie Roussel", "Account Executive", "Sales South", 2, 2021},
	{"Gökhan Yıldız", "Sales Engineer", "Sales Engineering", 2, 2018},
	{"Hanneke Dijkstra", "Sales Engineer", "Sales Engineering", 2, 2020},
	{"Theo Lindgren", "Senior Sales Engineer", "Sales Engineering", 2, 2016},
	{"Beatriz Coutinho", "Customer Success Manager", "Customer Success", 3, 2019},
	{"Oisín Gallagher", "Customer Success Manager", "Customer Success", 3, 2020},
	{"Saskia Wendland", "Customer Success Manager", "Customer Success", 3, 2018},
	{"Keiko Marlowe", "Customer Success Manager", "Customer Success", 3, 2022},
	{"Jannik Petersen", "Support Engineer", "Support", 4, 2020},
	{"Zuzana Bielik", "Support Engineer", "Support", 4, 2021},
	{"Matteo Grimaldi", "Senior Support Engineer", "Support", 4, 2018},
	{"Solveig Brandt", "Trainee", "", 2, 2024},
	{"Arvid Nyström", "", "Support", 4, 2023},
}

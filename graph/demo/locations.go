package demo

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// spot is a city, and the region it lies in.
type spot struct{ city, region string }

// spots are where companies and private buyers of a country are. All companies of Spain, and all of France, are in one
// region: see priceRises.
var spots = map[string][]spot{
	"DE": {{"Augsburg", "Bayern"}, {"Nürnberg", "Bayern"}, {"Bielefeld", "Nordrhein-Westfalen"}, {"Wuppertal", "Nordrhein-Westfalen"}},
	"AT": {{"Villach", "Kärnten"}, {"Klagenfurt", "Kärnten"}}, "CH": {{"Winterthur", "Zürich"}, {"Uster", "Zürich"}},
	"PL": {{"Łódź", "Łódzkie"}, {"Poznań", "Wielkopolskie"}}, "NO": {{"Trondheim", "Trøndelag"}, {"Ålesund", "Møre og Romsdal"}},
	"DK": {{"Esbjerg", "Syddanmark"}, {"Odense", "Syddanmark"}}, "SE": {{"Malmö", "Skåne"}, {"Helsingborg", "Skåne"}},
	"IS": {{"Akureyri", "Norðurland eystra"}}, "ES": {{"Vigo", "Galicia"}, {"A Coruña", "Galicia"}, {"Ourense", "Galicia"}},
	"MX": {{"Puebla", "Puebla"}}, "PT": {{"Braga", "Norte"}, {"Guimarães", "Norte"}},
	"FR": {{"Nantes", "Pays de la Loire"}, {"Angers", "Pays de la Loire"}, {"Le Mans", "Pays de la Loire"}},
	"US": {{"Peoria", "Illinois"}, {"Rockford", "Illinois"}, {"Fresno", "California"}}, "CA": {{"Guelph", "Ontario"}},
	"GB": {{"Norwich", "Norfolk"}, {"Cromer", "Norfolk"}}, "IE": {{"Mallow", "Cork"}, {"Cobh", "Cork"}},
	"CZ": {{"Brno", "Jihomoravský kraj"}, {"Znojmo", "Jihomoravský kraj"}}, "SK": {{"Žilina", "Žilinský kraj"}}, "HU": {{"Győr", "Győr-Moson-Sopron"}},
	"IT": {{"Sassuolo", "Emilia-Romagna"}, {"Faenza", "Emilia-Romagna"}}, "NL": {{"Naaldwijk", "Zuid-Holland"}, {"Delft", "Zuid-Holland"}},
	"EE": {{"Pärnu", "Pärnumaa"}}, "GR": {{"Chalkída", "Stereá Elláda"}}, "JP": {{"Hamamatsu", "Shizuoka"}},
}

var streets = map[string][]string{
	"de": {"Hafenstraße", "Mühlweg", "Am Bahndamm", "Lindenallee"}, "fr": {"rue du Port", "allée des Tilleuls", "chemin du Moulin"},
	"es": {"Rúa do Porto", "Calle del Molino"}, "it": {"Via del Mulino", "Via della Stazione"}, "pl": {"ul. Młyńska", "ul. Portowa"},
	"en": {"Mill Lane", "Harbour Road", "Station Street", "Elm Drive"},
}

// studio is the account whose office is its owner's home.
const studio = 35

func location(id string) ref { return ref{"Location", "loc-" + id} }

// sites are the locations of an account: its headquarters first.
func sites(n int) []string {
	c := companies[n-1]
	switch {
	case n == studio:
		return []string{"HOME"}
	case c.employees > 700:
		return []string{"HEADQUARTERS", "SITE", "SHIP_TO"}
	case c.employees > 300:
		return []string{"HEADQUARTERS", "SHIP_TO"}
	}
	return []string{"HEADQUARTERS"}
}

func site(n, k int) ref { return location(fmt.Sprintf("%02d-%d", n, k+1)) }

// locations adds where companies are, and where private buyers live and have things sent. The home of the studio's owner is
// the one place that is a company's and a customer's.
func (w *world) locations() {
	for i, c := range companies {
		for k, kind := range sites(i + 1) {
			w.location(site(i+1, k), c.country, kind, zoneOf(i+1))
			w.link("LOCATED_AT", account(i+1), site(i+1, k), nil)
		}
	}
	for _, p := range w.seats[studio-1][0].holders {
		if w.shown(&p.actor) {
			w.link("LOCATED_AT", p.ref, site(studio, 0), nil)
		}
	}
	for _, s := range w.shoppers {
		for _, p := range s.holders {
			if r := w.stream("home " + p.id); w.shown(&p.actor) && r.chance(700) {
				w.home(p, "HOME", "")
				if r.chance(150) {
					w.home(p, "SHIP_TO", "-b")
				}
			}
		}
	}
}

func (w *world) home(p *person, kind, suffix string) {
	at := location(strings.TrimPrefix(p.id, "cus-") + suffix)
	w.location(at, p.country, kind, "")
	w.link("LOCATED_AT", p.ref, at, nil)
}

func (w *world) location(l ref, country, kind, zone string) {
	r := w.stream("location " + l.id)
	in := pick(r, spots[country])
	set := graph.Values{"locationKind": kind, "city": in.city, "region": in.region, "country": country, "timeZone": zone}
	own := streets[countries[country].names]
	if own == nil {
		own = streets["en"]
	}
	if street := fmt.Sprintf("%s %d", pick(r, own), r.between(1, 140)); r.chance(900) {
		set["address"] = street
	}
	w.node(l, set)
}

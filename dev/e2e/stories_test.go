package e2e

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stories are told by hidden events of the demonstration world in 2026: what was asked to find each, and what is found.
var stories = []struct{ name, query, found string }{
	{"an outage is followed by complaints, before anybody is told", `{
		before: cases(filter: {caseKind: {eq: COMPLAINT}, openedAt: {gte: "2026-09-14T18:50:00Z", lt: "2026-09-16T03:50:00Z"}, product: {name: {eq: "Insight Cloud"}}, party: {account: {subscriptionContracts: {some: {hiddenEvents: {some: {hiddenEventKind: {eq: OUTAGE}}}}}}}}) { totalCount }
		after: cases(filter: {caseKind: {eq: COMPLAINT}, openedAt: {gte: "2026-09-16T03:50:00Z", lt: "2026-09-17T12:50:00Z"}, product: {name: {eq: "Insight Cloud"}}, party: {account: {subscriptionContracts: {some: {hiddenEvents: {some: {hiddenEventKind: {eq: OUTAGE}}}}}}}}) { totalCount }
		hiddenEvents(filter: {hiddenEventKind: {eq: OUTAGE}, at: {gte: "2026-01-01T00:00:00Z"}}) { edges { node { at notifiedAt } } }
	}`, `{"before": {"totalCount": 0}, "after": {"totalCount": 5},
		"hiddenEvents": {"edges": [{"node": {"at": "2026-09-16T03:50:00Z", "notifiedAt": "2026-09-17T12:50:00Z"}}]}}`},
	{"a credit limit is cut without a word, and an order stands still", `{
		hiddenEvents(filter: {hiddenEventKind: {eq: CREDIT_LIMIT}, at: {gte: "2026-01-01T00:00:00Z"}}) { edges { node { notifiedAt valueBefore valueAfter affected { edges { node { ... on Account {
			name
			orders(filter: {orderStatus: {eq: CANCELLED}, placedAt: {gte: "2026-05-06T09:20:00Z", lt: "2026-06-09T00:00:00Z"}}) { totalCount }
			people(filter: {feedbacks: {some: {score: {eq: 0}}}}) { totalCount }
		} } } } } } }
	}`, `{"hiddenEvents": {"edges": [{"node": {"notifiedAt": null, "valueBefore": "60,000 EUR", "valueAfter": "15,000 EUR", "affected": {"edges": [{"node":
		{"name": "Saltmarsh Foods Ltd", "orders": {"totalCount": 1}, "people": {"totalCount": 1}}}]}}}]}}`},
	{"a price rises, and one region never forgives it", `{
		there: feedbacks(filter: {instrument: {eq: NPS}, at: {gte: "2026-01-01T00:00:00Z"}, target: {product: {hiddenEvents: {some: {hiddenEventKind: {eq: PRICE_CHANGE}}}}}, givenBy: {employments: {some: {locations: {some: {region: {eq: "Galicia"}}}}}}}) {
			groups(by: [AT], unit: MONTH) { rows { key { at { day } } aggregate { score { sum count } } } } }
		elsewhere: feedbacks(filter: {instrument: {eq: NPS}, at: {gte: "2026-01-01T00:00:00Z"}, target: {product: {hiddenEvents: {some: {hiddenEventKind: {eq: PRICE_CHANGE}}}}}, givenBy: {employments: {none: {locations: {some: {region: {eq: "Galicia"}}}}}}}) {
			groups(by: [AT], unit: MONTH) { rows { key { at { day } } aggregate { score { sum count } } } } }
	}`, `{"there": {"groups": {"rows": [
			{"key": {"at": {"day": "2026-01-01"}}, "aggregate": {"score": {"sum": 25, "count": 3}}}, {"key": {"at": {"day": "2026-03-01"}}, "aggregate": {"score": {"sum": 5, "count": 3}}},
			{"key": {"at": {"day": "2026-06-01"}}, "aggregate": {"score": {"sum": 5, "count": 3}}}, {"key": {"at": {"day": "2026-10-01"}}, "aggregate": {"score": {"sum": 3, "count": 3}}}]}},
		"elsewhere": {"groups": {"rows": [
			{"key": {"at": {"day": "2026-01-01"}}, "aggregate": {"score": {"sum": 244, "count": 30}}}, {"key": {"at": {"day": "2026-03-01"}}, "aggregate": {"score": {"sum": 152, "count": 30}}},
			{"key": {"at": {"day": "2026-06-01"}}, "aggregate": {"score": {"sum": 217, "count": 30}}}, {"key": {"at": {"day": "2026-10-01"}}, "aggregate": {"score": {"sum": 250, "count": 30}}}]}}}`},
	{"an update is forced, and what was easy is so no longer", `{
		feedbacks(filter: {instrument: {eq: CES}, at: {gte: "2026-05-15T00:00:00Z", lt: "2026-06-28T00:00:00Z"}, givenBy: {employments: {some: {subscriptionContracts: {some: {hiddenEvents: {some: {hiddenEventKind: {eq: FORCED_UPDATE}}}}}}}}}) {
			groups(by: [AT], unit: MONTH) { rows { key { at { day } } aggregate { score { sum count } } } } }
	}`, `{"feedbacks": {"groups": {"rows": [
		{"key": {"at": {"day": "2026-05-01"}}, "aggregate": {"score": {"sum": 78, "count": 14}}}, {"key": {"at": {"day": "2026-06-01"}}, "aggregate": {"score": {"sum": 30, "count": 14}}}]}}}`},
	{"an identity is stolen, and she complains of what she did not order", `{
		customers(filter: {hiddenEvents: {some: {hiddenEventKind: {eq: IDENTITY_THEFT}, at: {gte: "2026-01-01T00:00:00Z"}}}}) { edges { node {
			locations(filter: {hiddenEvents: {some: {hiddenEventKind: {eq: IDENTITY_THEFT}}}}) { edges { node { locationKind } } }
			orders(filter: {placedAt: {gte: "2026-03-24T02:12:00Z", lt: "2026-03-25T00:00:00Z"}}) { totalCount }
			cases(filter: {severity: {eq: CRITICAL}}) { edges { node { subject openedAt } } }
		} } }
	}`, `{"customers": {"edges": [{"node": {"locations": {"edges": [{"node": {"locationKind": "SHIP_TO"}}]}, "orders": {"totalCount": 1},
		"cases": {"edges": [{"node": {"subject": "I did not order this", "openedAt": "2026-04-13T02:12:00Z"}}]}}}]}}`},
	{"a discount for newcomers reaches none, and those whom it reaches are cross", `{
		campaigns(filter: {targets: {some: {hiddenEvents: {some: {hiddenEventKind: {eq: WRONG_OFFER}}}}}, startsAt: {gte: "2026-04-01T00:00:00Z", lt: "2026-05-01T00:00:00Z"}}) { edges { node {
			name
			targets { totalCount }
			newcomers: targets(filter: {journeyStage: {in: [AWARENESS, INTEREST, CONSIDERATION, PURCHASE]}}) { totalCount }
			interactions(filter: {kind: {eq: MAIL}}) { totalCount aggregate { sentiment { maximum } } }
		} } }
		returns(filter: {reason: {eq: NOT_NEEDED}, requestedAt: {gte: "2026-04-22T08:20:00Z", lt: "2026-04-29T00:00:00Z"}}) { totalCount }
	}`, `{"campaigns": {"edges": [{"node": {"name": "A third off your first order 2026", "targets": {"totalCount": 28}, "newcomers": {"totalCount": 0},
		"interactions": {"totalCount": 14, "aggregate": {"sentiment": {"maximum": -0.42}}}}}]}, "returns": {"totalCount": 7}}`},
}

// tellStories finds what each hidden event did in the demonstration world, as somebody would who asks.
func tellStories(t *testing.T, p *program) {
	for i, s := range stories {
		if !p.inTurn(i, 6) {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			var data any
			p.data(t, s.query, nil, &data)
			found, err := json.Marshal(data)
			require.NoError(t, err)
			assert.JSONEq(t, s.found, string(found))
		})
	}
}

// Package demo is the demonstration world: a maker of sensors, software and small devices for the home, its customers,
// and what passed between them in two years. It imports graph and the standard library.
//
// The world ends at the last midnight (UTC) before it is made. It is made anew each time, and yet the same: whatever it
// holds follows from the seed, from its place in a table, and from days of the calendar. So what was loaded yesterday is
// a part of what is made today, under the same external ids and with the same values, but for what time changes:
//
//   - a deal's stage, amount, expectedClose, closedAt, outcome, lossReason and competitor; an order's status and
//     shippedAt; a case's status and resolvedAt; a claim's to; a customer's stage; a product's version and price;
//     a return's status, receivedAt and refund; a subscription's renewsAt and to; a campaign's endsAt and cost; a hidden
//     event's until and notifiedAt;
//   - the end (to) of a job, a share, an assignment, a reporting line, or a version of firmographics.
//
// What is older than two years is not made any more; where it was loaded it stays. Accounts, products, employees, the
// versions of firmographics, who looks after an account, where it is and what it subscribes to are made whole, whatever
// their age. All seeds use the same
// external ids, so a store holds the world of one seed.
//
// A deal is shown if it was open at any time in the two years, an interaction if it took place in them. Orders and cases
// are shown with all that followed if they began in them.
//
// External ids: acc-01 … acc-40 (with firmographics fir-01-1 …), pro-01 … pro-20, emp-01 … emp-25; contacts cus-02a-1
// (the first in seat a of acc-02, whose successor is cus-02a-2), private buyers cus-b01-1, leads and visitors cus-v01-1;
// orders, deals, cases and interactions carry their day; a return has its order's id as ret-…, a private buyer's home and
// subscription hers as loc-… and sub-…. Further loc-01-1 (an account's headquarters), sub-01 … sub-42, ctn-01 … ctn-08,
// cam-newsletter-2026 and so on.
//
// # Stories
//
// Each is told once in every calendar year, so that any two years hold each from beginning to end, and a year can be
// compared with the next. YYYY stands for the year; the account changes between even and odd years, the persons every
// year, and their names come back after six years (see players).
//
// The champion leaves: dea-champion-YYYY at Brückner Antriebstechnik (acc-02, odd years) or Nordvik Sjømat (acc-06, even
// years). From January on cus-champion-YYYY (2025 Wiebke Grünwald, 2026 Hedda Fjørtoft) wants it; cla-champion-YYYY-1
// and -2 call this person champion and coach. The job ends on 1 May, and so do the claims and the mails; another begins on
// 1 June, at Ferrante Ceramiche (acc-25, odd) or Klinikum Seerose (acc-38, even). To cus-successor-YYYY (2025 Volker Sträßner, 2026 Kåre Bjørlykke) almost everything goes unanswered; claim -3, an
// influencer, is disputed by -4, a blocker. The deal slips from 31 May to 31 July and to 15 September, and is lost on 8
// September to Hexaflow.
//
// A version fails: the Relay Gateway RG-2 (pro-07) is released on 3 March as version n.2 (2025: 4.2, 2026: 5.2), loses
// the network at night, and is mended by n.2.1 on 27 March. Up to twenty complaints, cas-gateway-YYYY-01 and on, are
// opened from 4 to 22 March; int-gateway-YYYY-apology-1 to -3 go out on 20 March to those who have complained by then;
// the six orders ord-gateway-YYYY-1 to -6 are cancelled in the middle of March.
//
// The subsidiary that outgrows its parent: on 1 July a subsidiary's new firmographics show more revenue and more
// employees than its parent's. Each year is another family's turn; the year modulo six gives the pair: 0 acc-03 over
// acc-02, 1 acc-06 over acc-05, 2 acc-10 over acc-09, 3 acc-13 over acc-12 (2025), 4 acc-17 over acc-15 (2026), 5 acc-20
// over acc-19. It has caught up the year before, and three years later hives off what it gained.
//
// Who signs: dea-signature-YYYY at Öresund Pharma (acc-22, odd) or Kestrel Medical Devices (acc-17, even). The account
// executive claims that cus-believed-YYYY is the economic buyer (cla-signature-YYYY-1), the sales engineer that
// cus-signer-YYYY is (-2); each claim is disputed by the other and cites what was said. The limits of approval on their
// jobs say who is right, and so does the mail of 17 November, the day on which the deal is won.
//
// The private buyer who brings us along: cus-buyer-YYYY (2025 Theresa Quittländer, 2026 Fiammetta Orrù) orders for the
// home three times (ord-buyer-YYYY-1 to -3), takes a job at Klinikum Seerose (acc-38, odd) or Ferrante Ceramiche
// (acc-25, even) on 1 June, writes in August, and is the champion of dea-buyer-YYYY, which is won on 27 November.
//
// The contact who goes dark: cus-dark-YYYY (2025 Sjoerd Wassenaar, 2026 Cathal Devane) at Van den Berg Kassen (acc-27,
// odd) or O'Sullivan Dairy (acc-26, even) writes every other week until 11 June, and never again, though the job is the
// same. In August a rule contradicts the claim that calls this person the account's champion.
//
// Who wants it: a deal that is won mostly has a champion among those who run production, and one that is lost seldom has
// any champion, so that the company's own deals say what a missing one costs.
//
// Two jobs at once, at all times: Márta Szőllősi (cus-two-jobs-1) is chief financial officer of Győri Gépgyár (acc-21)
// and sits on the supervisory board of its parent Havlíček a synové (acc-19). Jean-Loup Carpentier (cus-two-jobs-2)
// holds two positions at one account, Moreau & Filles (acc-23).
//
// Things that happen to customers, and that no touch point shows: hidden events, hid-…, every year.
//
//   - hid-price-YYYY: calibration (pro-12) costs more from 1 February on. Everybody is cross in March; in autumn all have
//     forgotten it but those of one region, Galicia in even and Pays de la Loire in odd years (fee-price-YYYY-…).
//   - hid-identity-YYYY: on 24 March somebody signs in as a private buyer and orders ord-stolen-YYYY to loc-stolen-YYYY.
//     She learns of it on 13 April, from a reminder: cas-stolen-YYYY.
//   - hid-discount-YYYY: on 22 April the discount for newcomers, cam-spring-YYYY, reaches those who have bought at the full
//     price for years. They complain, and send goods back to buy them anew.
//   - hid-credit-YYYY: on 6 May the credit limit of Ferrante Ceramiche (acc-25, odd) or Saltmarsh Foods (acc-32, even) is
//     cut, and nobody tells them. ord-credit-YYYY is held and cancelled, fee-credit-YYYY says what they think of that.
//   - hid-update-YYYY: on 17 June the Line Monitor (pro-11) installs a version at night, without asking. A month before, those
//     who subscribe to it found it easy; the week after, they do not (fee-update-YYYY-…).
//   - hid-outage-YYYY: on 16 September Insight Cloud (pro-09) is gone for a morning. Subscribers complain before they are
//     told: cas-outage-YYYY-1 and on.
//
// And hid-firewall-YYYY, which nobody minds.
//
// Consents, con-…: about half of the customers have consented to marketing, some for e-mail only, some until a day that has
// passed, some have taken it back; some object to marketing, to selling or to service; cus-b05-… have their data restricted.
// Nobody of the stories objects.
//
// The office of Studio Bianchi (acc-35) is its owner's home, loc-35-1: the one place that is a company's and a person's.
//
// Further: the Brückner and Belmonte families have three levels; Søndergaard Marine (acc-07) has two parents, acc-05 and
// acc-01.
package demo

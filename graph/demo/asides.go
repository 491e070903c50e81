package demo

// An aside is mail among colleagues about somebody who does not take part in it: what it belongs to is hers.
type aside struct{ subject, text string }

var (
	caseNotes = []aside{
		{"Please look at this one", "{c} rang twice today and is about to give up on us. I do not find the cause. Could you look at it before noon?"},
		{"Who knows the {p}?", "{c} describes something that I have never seen on a {p}. Has anybody had this before?"},
		{"Handing over", "I am away from tomorrow. {c} expects a call on Thursday and was promised an answer by then."},
	}
	returnNotes = []aside{
		{"No slip in the parcel", "The parcel came without its slip. I matched it by the address. Please check before the money goes back."},
		{"Not the fault that was named", "The goods are fine, as far as we can test them. Shall we ask once more what went wrong?"},
	}
	planNotes = []aside{
		{"May leave us", "Asked on the phone how the plan can be ended. Please make no offer before I have called back."},
		{"Paid twice", "The instalment came twice. I have told accounts; nothing to be done with the plan itself."},
	}
	answerNotes = []aside{
		{"A low score", "The score is low and there are hardly any words to it. Who rings back this week?"},
		{"Please thank them", "An honest answer. Somebody should write that it was read."},
	}
)

// colleagues adds a note of a colleague's to the head of support, now and then: in so many of a thousand cases.
func (w *world) colleagues(id string, chance int, at int64, who *actor, item string, notes []aside, about []ref, in ref) {
	r := w.stream("note " + id)
	if !r.chance(chance) || at == forever {
		return
	}
	n, from := pick(r, notes), w.staff[pick(r, supporters)-1]
	w.talk(talk{id: "int-n" + id, at: at + int64(r.between(1, 8))*hour, kind: "MAIL", channel: "EMAIL", origin: byBusiness, from: some(from), to: some(w.staff[headOfSupport-1]),
		subject: words(n.subject, who, from, item, ""), text: words(n.text, who, from, item, ""), about: about, in: in})
}

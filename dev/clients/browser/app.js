// A page of another origin than Kith's, without a library: it reads, pages, writes, says why something is withheld, and gets another token
// when its own has expired.
const api = new URLSearchParams(location.search).get('api');
const purpose = 'SALES';

let token;

// signIn asks the page's own server for a token, as one with a session would.
async function signIn() {
  token = await (await fetch('token')).text();
}

async function ask(query, variables, again = true) {
  if (!token) await signIn();
  const answer = await fetch(api, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'kith-purpose': purpose },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (answer.status === 401 && again) {
    note(`401 ${errors[0].extensions.code} ${answer.headers.get('WWW-Authenticate')}`);
    await signIn();
    return ask(query, variables, false);
  }
  if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message} (${answer.headers.get('X-Request-Id')})`);
  return data;
}

const by = (id) => document.getElementById(id);
const notes = (globalThis.notes = []);
const note = (text) => notes.push(text);

const words = { NO_CONSENT: 'no consent', OBJECTED: 'objected', NOT_FOR_PURPOSE: 'not for this purpose' };

// shown is a value, or in words why it is withheld.
function shown(node, field) {
  const why = node.withheld.find((w) => w.field === field);
  return why ? `withheld, ${words[why.reason] ?? why.reason}` : (node[field] ?? 'not known');
}

const page = `query Customers($after: String) {
  customers(first: 3, after: $after) {
    nodes { id name birthYear withheld { field reason } }
    pageInfo { endCursor hasNextPage }
  }
}`;

let after = null;
let first;

async function more() {
  const { customers } = await ask(page, { after });
  for (const c of customers.nodes) {
    first ??= c.name && c.id; // whoever may be named
    const item = document.createElement('li');
    item.textContent = `${shown(c, 'name')}, born: ${shown(c, 'birthYear')}`;
    by('customers').append(item);
  }
  after = customers.pageInfo.endCursor;
  by('more').disabled = !customers.pageInfo.hasNextPage;
}

async function log(event) {
  event.preventDefault();
  const text = new FormData(event.target).get('text');
  const { logInteraction } = await ask(
    `mutation Call($input: LogInteractionInput!) { logInteraction(input: $input) { interaction { kind at } userErrors { code field message } } }`,
    { input: { key: crypto.randomUUID(), kind: 'CALL', text, participants: [{ id: first, role: 'TO' }] } },
  );
  const [wrong] = logInteraction.userErrors;
  by('said').textContent = wrong ? `${wrong.field}: ${wrong.message}` : `Logged: ${logInteraction.interaction.kind}`;
}

const show = (work) => (event) => work(event).catch((error) => (by('said').textContent = error.message));
by('more').addEventListener('click', show(more));
by('call').addEventListener('submit', show(log));
await show(async () => {
  const { viewer } = await ask('{ viewer { subject purposes } }');
  by('who').textContent = `${viewer.subject}, ${viewer.purposes.join(' and ')}`;
  await more();
})();

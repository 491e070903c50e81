/** What the fields of inputs are called on the page. */
const fields: Record<string, string> = {
  account: 'Company',
  amount: 'Amount',
  approvalLimit: 'May sign for',
  at: 'When',
  caseKind: 'Kind',
  channel: 'By which way',
  citedInteractions: 'Rests on',
  competitor: 'Competitor',
  confidence: 'How sure',
  customer: 'Person',
  department: 'Department',
  employee: 'Owner',
  expectedClose: 'Expected close',
  expiresAt: 'Until',
  from: 'From',
  kind: 'What passed',
  lossReason: 'Why it was lost',
  name: 'Name',
  origin: 'Who began it',
  participants: 'Who took part',
  party: 'Whose case',
  product: 'Product',
  proof: 'Proof',
  purpose: 'For what',
  result: 'What was agreed',
  role: 'Role',
  seniority: 'Position',
  severity: 'Severity',
  source: 'Where it was said',
  stage: 'Stage',
  stance: 'Stance',
  status: 'Status',
  subject: 'Subject',
  text: 'What was said',
  title: 'Job',
  to: 'Until',
  topics: 'What it was about',
  type: 'Business',
  undertaking: 'Deal or account',
};

export const fieldWord = (path: string) => fields[path] ?? path;

/** A message of the server behind the name of a field: "must not be empty" goes on from it, a sentence of its own stands apart. */
export const saidAfter = (message: string) => (/^(must|needs|has|is)\b/.test(message) ? message : `– ${message}`);

/** The same where it stands alone. */
export const saidAlone = (message: string) => message.charAt(0).toUpperCase() + message.slice(1);

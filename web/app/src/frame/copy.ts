import { currentAnswers } from '../api/answers';
import { toast } from './toast';

async function copy(text: string, said: string) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    toast('The browser does not let this page copy.');
  }
}

/** The reader's own purpose and rights decide what the link shows: it holds neither. */
export const copyLink = () => copy(location.href, 'Link copied. It shows what its reader may see.');

/** The page's first answer as a document with its variables, to be asked elsewhere. */
export function copyQuery() {
  const first = currentAnswers().find((one) => !one.frame);
  if (!first) return toast('This page has asked for nothing.');
  const given = Object.keys(first.variables).length > 0 ? `# Variables: ${JSON.stringify(first.variables)}\n` : '';
  return copy(given + first.query, 'Copied as GraphQL');
}

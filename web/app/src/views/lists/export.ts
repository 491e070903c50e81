import { currentSession, fetchAs, onCallerGone } from '../../api/session';
import { purposeHeader } from '../../api/client';

/** Counts the rows of a CSV as it comes: a line's end within quotes ends no row. */
function rowCounter() {
  let quoted = false;
  let lines = 0;
  return {
    take(bytes: Uint8Array) {
      for (const byte of bytes) {
        if (byte === 34) quoted = !quoted;
        else if (byte === 10 && !quoted) lines++;
      }
    },
    rows: () => Math.max(0, lines - 1),
  };
}

/** What went wrong, in the server's words where it says any. */
async function messageOf(response: Response): Promise<string> {
  try {
    const { errors } = (await response.json()) as { errors?: { message: string }[] };
    return errors?.[0]?.message ?? response.statusText;
  } catch {
    return response.statusText;
  }
}

type Save = { query: string; variables: object; purpose: string; file: string; progress: (rows: number) => void };

/** Asks for all rows as CSV and saves them as a file; says how many came. It throws where the server refuses or breaks off, and where the caller goes meanwhile. */
export async function saveCsv(how: Save): Promise<number> {
  const gone = new AbortController();
  const stop = onCallerGone(() => gone.abort());
  try {
    return await saveUntil(gone.signal, how);
  } finally {
    stop();
  }
}

async function saveUntil(signal: AbortSignal, { query, variables, purpose, file, progress }: Save): Promise<number> {
  const response = await fetchAs(currentSession().caller)(new URL('v1/export?format=csv', document.baseURI), {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json', [purposeHeader]: purpose },
    credentials: 'same-origin',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    body: JSON.stringify({ query: query, variables }),
  });
  if (!response.ok || !response.body) throw new Error(await messageOf(response));
  const counter = rowCounter();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    counter.take(part.value);
    progress(counter.rows());
  }
  signal.throwIfAborted();
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return counter.rows();
}

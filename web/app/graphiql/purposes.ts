import type { Purpose } from '../src/api/graphql';

/** For what may be asked here, and for what the server answers where a request does not say. */
export type Purposes = { all: Purpose[]; standing: Purpose | null };

/** None where the server asks for a token first: then headers say the purpose, too. */
export async function loadPurposes(): Promise<Purposes> {
  try {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { purposes purpose } }' }),
    });
    const { data } = await response.json();
    return { all: data?.viewer?.purposes ?? [], standing: data?.viewer?.purpose ?? null };
  } catch {
    return { all: [], standing: null };
  }
}

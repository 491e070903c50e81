export type Example = { name: string; query: string; variables: string };

/** The server's examples; none if it cannot tell, as the page works without. */
export async function loadExamples(): Promise<Example[]> {
  try {
    const response = await fetch('examples.json');
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

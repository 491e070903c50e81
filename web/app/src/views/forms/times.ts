/** Moments as the inputs of a browser write them. All are in UTC, as the server tells them and the page shows them. */

export const nowInput = () => new Date().toISOString().slice(0, 16);
export const todayInput = () => new Date().toISOString().slice(0, 10);
export const dayOf = (at: string | null | undefined) => at?.slice(0, 10) ?? '';

/** What an input of day and time says; undefined where it is empty. */
export const moment = (input: string) => (input ? `${input}:00Z` : undefined);

/** The beginning of a day; undefined where nothing is written. */
export const beginOf = (day: string) => (day ? `${day}T00:00:00Z` : undefined);

/** The end of a day, and for today now, as nothing holds until later. */
export const endOf = (day: string) => (day === '' || day === todayInput() ? undefined : `${day}T23:59:59Z`);

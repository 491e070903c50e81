/** Adds decimals of one currency exactly: as whole numbers of ten-thousandths, the most that the API has. */
export function sum(decimals: readonly string[]): string {
  const total = decimals.reduce((all, decimal) => all + units(decimal), 0n);
  const text = (total < 0n ? -total : total).toString().padStart(5, '0');
  const rest = text.slice(-4).replace(/0{1,2}$/, '');
  return `${total < 0n ? '-' : ''}${text.slice(0, -4)}.${rest}`;
}

function units(decimal: string): bigint {
  const [, sign, digits, rest = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(decimal) ?? [];
  if (digits === undefined) throw new Error(`not a decimal: ${decimal}`);
  return BigInt(`${sign}${digits}${rest.padEnd(4, '0')}`);
}

/** Sums by currency, the currency with the most amounts first. */
export const byMost = (a: { currency: string; n: number }, b: { currency: string; n: number }) => b.n - a.n || a.currency.localeCompare(b.currency);

/** Amounts by currency, in that order. Currencies are never added up. */
export function byCurrency<T>(rows: readonly T[], of: (row: T) => { amount: string; currency: string } | null | undefined) {
  const sums = new Map<string, string[]>();
  for (const row of rows) {
    const money = of(row);
    if (money) sums.set(money.currency, [...(sums.get(money.currency) ?? []), money.amount]);
  }
  return [...sums].map(([currency, amounts]) => ({ currency, amount: sum(amounts), n: amounts.length })).sort(byMost);
}

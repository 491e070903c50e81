/** What happened around a node: of a customer, an account, a deal, a case, a product or an employee. */
export function Timeline(_: { id: string }) {
  return null;
}

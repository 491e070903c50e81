export default function NodePage(_: { id?: string }) {
  return null;
}

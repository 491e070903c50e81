export default function CustomerPage(_: { id?: string }) {
  return null;
}

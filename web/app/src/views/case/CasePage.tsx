export default function CasePage(_: { id?: string }) {
  return null;
}

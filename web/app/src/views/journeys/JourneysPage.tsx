export default function JourneysPage(_: { id?: string }) {
  return null;
}

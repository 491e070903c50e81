export default function DealPage(_: { id?: string }) {
  return null;
}

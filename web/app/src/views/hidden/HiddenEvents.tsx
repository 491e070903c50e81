export default function HiddenEvents(_: { id?: string }) {
  return null;
}

export default function HiddenEvent(_: { id?: string }) {
  return null;
}

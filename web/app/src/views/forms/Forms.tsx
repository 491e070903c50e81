export default function Forms(_: { id?: string }) {
  return null;
}

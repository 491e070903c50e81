export default function ListPage(_: { id?: string }) {
  return null;
}

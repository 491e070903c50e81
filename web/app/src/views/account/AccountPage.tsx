export default function AccountPage(_: { id?: string }) {
  return null;
}

export default function EmployeePage(_: { id?: string }) {
  return null;
}

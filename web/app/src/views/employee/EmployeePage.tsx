import { Timeline } from '../timeline/Timeline';

export default function EmployeePage({ id }: { id?: string }) {
  return id ? <Timeline id={id} /> : null;
}

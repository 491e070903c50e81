import { Timeline } from '../timeline/Timeline';

export default function CustomerPage({ id }: { id?: string }) {
  return id ? <Timeline id={id} /> : null;
}

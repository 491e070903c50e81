import { Timeline } from '../timeline/Timeline';

export default function AccountPage({ id }: { id?: string }) {
  return id ? <Timeline id={id} /> : null;
}

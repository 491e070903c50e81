import { Timeline } from '../timeline/Timeline';

export default function CasePage({ id }: { id?: string }) {
  return id ? <Timeline id={id} /> : null;
}

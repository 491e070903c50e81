import type { Drill } from './Behind';
import type { Definition, JourneyInput, Question } from './definition';

/** What each view of journeys is drawn from. */
export type TabProps = {
  definition: Definition;
  input: JourneyInput;
  question: Question | null;
  /** Activities that are looked at, the most frequent first. */
  activities: readonly string[];
  /** Whether there are more, of too few people to be told. */
  folded: boolean;
  /** Opens who stands behind a number. */
  open: (drill: Drill) => void;
};

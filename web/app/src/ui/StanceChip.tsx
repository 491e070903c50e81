import type { graphql } from '../api/graphql';
import type { IconName } from './Icon';
import { Chip } from './values';
import { words } from './words';

export type Stance = ReturnType<typeof graphql.scalar<'Stance'>>;

/** The mark and the word of each stance. */
export const stances: Record<Stance, { tone: 'supporter' | 'neutral' | 'opponent' | 'unknown'; icon: IconName; word: string }> = {
  SUPPORTIVE: { tone: 'supporter', icon: 'up-tri', word: 'Supporter' },
  NEUTRAL: { tone: 'neutral', icon: 'bar', word: 'Neutral' },
  OPPOSED: { tone: 'opponent', icon: 'down-tri', word: 'Opponent' },
  UNKNOWN: { tone: 'unknown', icon: 'q', word: 'Stance unknown' },
};

/** How somebody stands to what is decided. */
export function StanceChip({ of }: { of: Stance }) {
  const { tone, icon, word } = stances[of] ?? { tone: 'unknown', icon: 'q', word: words(of) };
  return (
    <Chip tone={tone} icon={icon}>
      {word}
    </Chip>
  );
}

/** Numbers that look like chance and come again with the same seed. */
export interface Dice {
  /** A number from 0 to `end`, not included. */
  readonly below: (end: number) => number;
  readonly chance: (probability: number) => boolean;
}

export function seededDice(seed: number): Dice {
  // Marsaglia's xorshift with the shifts 13, 17, 5.
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return { below: (end) => next() * end, chance: (probability) => next() < probability };
}

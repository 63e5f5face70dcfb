/** Numbers that look like chance and come again with the same seed. */
export interface Dice {
  /** A whole number from 0 to `end`, not included. */
  readonly below: (end: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
}

/** Marsaglia's xorshift with the shifts 13, 17, 5: all whole numbers of 32 bits but 0, in an order without a pattern. */
export function seededDice(seed: number): Dice {
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new RangeError("There is nothing to pick from.");
      return choice;
    },
  };
}

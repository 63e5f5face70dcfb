/** A number by chance, in [0, 1): what core takes where it was given none. */
export function chance(): number {
  // biome-ignore lint/plugin: the one place where core takes chance from the language.
  return Math.random();
}

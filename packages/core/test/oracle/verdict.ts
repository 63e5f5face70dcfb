/** What a predicate says of a tile; "undecided" where rounding of the inputs could tip it either way. */
export type Verdict = "in" | "out" | "undecided";

export type TilePredicate = (z: number, x: number, y: number) => Verdict;

/** One of several shapes is enough. */
export function anyOf(verdicts: Iterable<Verdict>): Verdict {
  let result: Verdict = "out";
  for (const verdict of verdicts) {
    if (verdict === "in") return "in";
    if (verdict === "undecided") result = "undecided";
  }
  return result;
}

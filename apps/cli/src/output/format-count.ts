const COUNT = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A number for people: `12,345`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

const RATE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const SLOW_RATE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** So many a second: `1,234/s`, `0.4/s`. */
export function formatRate(perSecond: number): string {
  return `${(perSecond < 9.95 ? SLOW_RATE : RATE).format(perSecond)}/s`;
}

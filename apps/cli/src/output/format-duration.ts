import prettyMilliseconds from "pretty-ms";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A time for people, in its two greatest units: `1 h 3 min`, `2 min 5 s`. Seconds are left out from ten minutes on. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.round(milliseconds / SECOND) * SECOND;
  if (ms === 0) return "less than 1 s";
  const compact = prettyMilliseconds(ms, { unitCount: 2, hideYear: true, hideSeconds: ms >= 10 * MINUTE });
  return compact.replace(/([dhms])(?= |$)/g, (_, unit: string) => (unit === "m" ? " min" : ` ${unit}`));
}

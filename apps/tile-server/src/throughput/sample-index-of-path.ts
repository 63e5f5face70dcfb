import { isOnTheMap } from "../tile.ts";
import { sampleIndex } from "./sample.ts";

const SLASH = 47;
const ZERO = 48;
const PREFIX = "/xyz/";
const SUFFIX = ".png";
const MAX_DIGITS = 8;

/**
 * Which of the sample "/xyz/Z/X/Y.png" is shown as; -1 for any other path, and for tiles outside of the map. A regular
 * expression would take longer than all the rest.
 */
export function sampleIndexOfPath(path: string): number {
  if (!path.startsWith(PREFIX) || !path.endsWith(SUFFIX)) return -1;
  const numbers = [0, 0, 0];
  let which = 0;
  let digits = 0;
  for (let i = PREFIX.length; i < path.length - SUFFIX.length; i++) {
    const code = path.charCodeAt(i);
    if (code === SLASH) {
      if (digits === 0 || which === 2) return -1;
      which++;
      digits = 0;
    } else {
      const digit = code - ZERO;
      const hasLeadingZero = digits === 1 && numbers[which] === 0;
      if (digit < 0 || digit > 9 || digits === MAX_DIGITS || hasLeadingZero) return -1;
      numbers[which] = (numbers[which] ?? 0) * 10 + digit;
      digits++;
    }
  }
  const [z = 0, x = 0, y = 0] = numbers;
  return which === 2 && digits > 0 && isOnTheMap({ z, x, y }) ? sampleIndex(z, x, y) : -1;
}

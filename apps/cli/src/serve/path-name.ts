/** A name of `.` or `..`, behind any number of tildes. */
const DOTS = /^~*\.\.?$/;

/**
 * A name, whatever it holds, as one segment of a path: in percent-encoding. Clients resolve `.` and `..` before they ask, encoded
 * or not, so these two get a tilde in front, and so do `~.` and the like, to be told from them.
 */
export function segmentOf(name: string): string {
  return encodeURIComponent(DOTS.test(name) ? `~${name}` : name);
}

/** The name that a segment stands for, once its percent-encoding is undone. */
export function nameOf(decoded: string): string {
  return decoded.startsWith("~") && DOTS.test(decoded) ? decoded.slice(1) : decoded;
}

/** As `engines` of package.json says. */
const OLDEST = [22, 19] as const;

/** What to say to somebody whose Node cannot run this program; undefined if it can. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isNewEnough
    ? undefined
    : `fmtc needs Node ${OLDEST.join(".")} or newer, and this is ${version}: https://nodejs.org`;
}

/** Whether fmtc shows a bar. Elsewhere it says a line every ten seconds, and is killed before the second. */
export function isProgressLive(): boolean {
  const { CI = "", TERM } = process.env;
  return process.stderr.isTTY === true && TERM !== "dumb" && (CI === "" || CI === "false");
}

/** What core's messages say to those who write JavaScript, in the words of the command line. */
export function inWords(message: string): string {
  return message
    .replace(
      /or, if the operator has agreed, say so in the source: policy: \{ bulk: "allowed" \}/,
      "or, if the operator has agreed, say so with --allow-bulk",
    )
    .replace(/root\.recovery\.list\(\) has them all/, "fmtc list shows them all")
    .replace(/Create it first, or check the name\./, "fmtc list shows those there are.");
}

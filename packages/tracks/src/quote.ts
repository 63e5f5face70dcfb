/** Text from a file as a message shows it: in quotes, and no longer than a reader wants it. */
export function quote(text: string, length = 40): string {
  return text.length > length ? `"${text.slice(0, length)}…"` : `"${text}"`;
}

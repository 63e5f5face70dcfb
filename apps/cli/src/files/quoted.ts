/** A value as a message shows it: in quotes, on one line, and no longer than a reader wants it. */
export function quoted(value: string): string {
  const line = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return line;
}

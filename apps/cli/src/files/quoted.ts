/** What JSON leaves as it is, though it may do something to a terminal. */
const UNSEEN = /[\p{Control}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}]/gu;
const MOST_LETTERS = 60;

/** A value as a message shows it: in quotes, on one line, and no longer than a reader wants it. */
export function quoted(value: string): string {
  const letters = [...value.slice(0, 2 * MOST_LETTERS + 2)];
  const shown = letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join("")}…` : value;
  return JSON.stringify(shown).replace(UNSEEN, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

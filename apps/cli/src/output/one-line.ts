import { stripVTControlCharacters } from "node:util";

/** A text from elsewhere, such as a server or a database, that can do nothing to a terminal and takes no lines of its own. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Control}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}]+/gu, " ")
    .trim();
}

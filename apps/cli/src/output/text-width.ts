import { stripVTControlCharacters } from "node:util";

const graphemes = new Intl.Segmenter();
/** Characters that take no room: accents on what is before them, joiners, controls. */
const WITHOUT_ROOM = /^[\p{Mark}\p{Default_Ignorable_Code_Point}\p{Control}\p{Surrogate}]+$/u;
const WIDE_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\u2e80-\u303e\u3041-\u33ff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u;
/** Those of half width, among the wide ones. */
const HALF_WIDTH = /^[\uff61-\uffdc]/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\d#*]\ufe0f?\u20e3/u;

/** How many columns of a terminal a text takes; colours take none. */
export function textWidth(text: string): number {
  // By far the most texts.
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text))) width += graphemeWidth(segment);
  return width;
}

/** The text, if need be cut to so many columns, with an ellipsis at its end. It must have no colours. */
export function fitText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let fitting = "";
  let width = 1;
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    fitting += segment;
  }
  return columns > 0 ? `${fitting.trimEnd()}…` : "";
}

function graphemeWidth(grapheme: string): number {
  if (WITHOUT_ROOM.test(grapheme)) return 0;
  if (HALF_WIDTH.test(grapheme)) return 1;
  return WIDE_SCRIPT.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}

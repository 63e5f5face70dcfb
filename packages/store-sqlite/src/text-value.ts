const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What a column of type ANY or BLOB can hold as text. */
export type TextValue = string | Uint8Array<ArrayBuffer>;

/**
 * A text as it is bound. Nodes before 22.16 read a text from SQLite up to its first NUL only, so one with a NUL is kept
 * as its UTF-8. Equal texts stay equal values.
 */
export function textValue(text: string): TextValue {
  return text.includes("\0") ? encoder.encode(text) : text;
}

export function textOrNull(text: string | undefined): TextValue | null {
  return text === undefined ? null : textValue(text);
}

export function textOf(value: TextValue): string {
  return typeof value === "string" ? value : decoder.decode(value);
}

import { styleText } from "node:util";

/** Colour where the output is a terminal that wants it; plain text in a pipe or a file. */
const paint = (style: "bold" | "cyan" | "dim", text: string): string =>
  styleText(style, text, { stream: process.stdout });

// One style at a time: given several, Node 22.13 paints pipes too.
export const heading = (text: string): string => paint("bold", paint("cyan", text));
export const strong = (text: string): string => paint("bold", text);
export const command = (text: string): string => paint("cyan", text);
export const quiet = (text: string): string => paint("dim", text);

/** 1234567 as "1,234,567". */
export const grouped = (count: number): string => count.toLocaleString("en-GB");

import { styleText } from "node:util";

/** Colour where the output is a terminal that wants it; plain text in a pipe or a file. */
export const heading = (text: string): string => styleText(["bold", "cyan"], text, { stream: process.stdout });
export const strong = (text: string): string => styleText("bold", text, { stream: process.stdout });
export const quiet = (text: string): string => styleText("dim", text, { stream: process.stdout });

/** 1234567 as "1,234,567". */
export const grouped = (count: number): string => count.toLocaleString("en-GB");

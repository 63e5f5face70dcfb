/** Reads a decimal number with nothing else beside it; undefined if it is none. */
export function readDecimal(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;
}

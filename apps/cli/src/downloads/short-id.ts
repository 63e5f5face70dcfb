/** The beginning of a download's id, which is enough to name it by. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** A name that nobody else has: 20 letters and digits by chance. */
export function randomId(random: () => number): string {
  let id = "";
  while (id.length < 20) id += Math.floor(random() * 36).toString(36);
  return id;
}

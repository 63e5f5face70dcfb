import { onTestFinished } from "vitest";

/** An element of that size in the page, until the test ends. */
export function pageElement(width: number, height: number): HTMLDivElement {
  const element = document.createElement("div");
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
  document.body.append(element);
  onTestFinished(() => element.remove());
  return element;
}

/** How many pixels a picture has of each colour, as "r,g,b". */
export function countColours(source: CanvasImageSource, width: number, height: number): Map<string, number> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The browser gave no canvas.");
  context.drawImage(source, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const counts = new Map<string, number>();
  for (let i = 0; i < data.length; i += 4) {
    const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}

/** The colours that fill at least a share of a picture, the most frequent first. */
export function mainColours(counts: ReadonlyMap<string, number>, share = 0.005): string[] {
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  const frequent = [...counts].filter(([, count]) => count >= share * total);
  return frequent.sort(([, a], [, b]) => b - a).map(([colour]) => colour);
}

/** The colour of the sea as "r,g,b", from a server's style. */
export async function seaColour(url: string): Promise<string> {
  const { layers } = await (await fetch(`${url}/style.json`)).json();
  const hex: string = layers[0].paint["background-color"];
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)).join(",");
}

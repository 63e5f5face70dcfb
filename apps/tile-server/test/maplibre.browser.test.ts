import { Map as MapLibreMap, type StyleSpecification, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { expect, inject, it, onTestFinished } from "vitest";
import { commands } from "vitest/browser";
import type { LogEntry } from "../src/stats/request-log.ts";
import { countColours, mainColours, pageElement, seaColour } from "./page.ts";

const { open, openControl } = inject("servers");
const [WIDTH, HEIGHT] = [600, 400];
const sea = await seaColour(open);
// It looks for its worker beside itself, where Vite has not put it.
setWorkerUrl(workerUrl);

/** Shows a style around the middle of Europe and gives its picture when nothing is left to be drawn. */
async function show(style: string | StyleSpecification): Promise<{ colours: Map<string, number>; errors: string[] }> {
  const map = new MapLibreMap({
    container: pageElement(WIDTH, HEIGHT),
    style,
    center: [10, 48],
    zoom: 4,
    fadeDuration: 0,
    attributionControl: false,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  onTestFinished(() => {
    map.remove();
  });
  const errors: string[] = [];
  map.on("error", ({ error }) => {
    errors.push(error.message);
  });
  await new Promise((resolve) => map.once("idle", resolve));
  return { colours: countColours(map.getCanvas(), WIDTH, HEIGHT), errors };
}

it("MapLibre shows the vector map with its names, from this server alone", async () => {
  await commands.control(openControl, "DELETE", "/log");
  const { colours, errors } = await show(`${open}/style.json`);
  expect(errors).toEqual([]);
  expect(colours.get(sea)).toBeGreaterThan(0.08 * WIDTH * HEIGHT);
  expect(mainColours(colours).length).toBeGreaterThan(5);

  const log = (await commands.control(openControl, "GET", "/log")) as LogEntry[];
  const vector = log.filter(({ path }) => path.startsWith("/vector/"));
  expect(vector.length).toBeGreaterThan(1);
  expect(new Set(vector.map(({ status }) => status))).toEqual(new Set([200]));
  const foreign = performance.getEntriesByType("resource").filter(({ name }) => !isOfThisMachine(name));
  expect(foreign.map(({ name }) => name)).toEqual([]);
});

it("MapLibre draws the names with the server's glyphs", async () => {
  const style: StyleSpecification = await (await fetch(`${open}/style.json`)).json();
  const nameless = { ...style, layers: style.layers.filter(({ id }) => id !== "names") };
  const dark = (colours: Map<string, number>) =>
    [...colours].reduce(
      (sum, [colour, count]) => sum + (Math.max(...colour.split(",").map(Number)) < 120 ? count : 0),
      0,
    );
  const [withNames, without] = [await show(style), await show(nameless)];
  expect(withNames.errors).toEqual([]);
  expect(dark(without.colours)).toBe(0);
  expect(dark(withNames.colours)).toBeGreaterThan(500);
});

it("MapLibre shows the raster map in the same colours", async () => {
  const raster: StyleSpecification = {
    version: 8,
    sources: { world: { type: "raster", url: `${open}/xyz.json`, tileSize: 256 } },
    layers: [{ id: "world", type: "raster", source: "world", paint: { "raster-fade-duration": 0 } }],
  };
  const [asRaster, asVector] = [await show(raster), await show(`${open}/style.json`)];
  expect(asRaster.errors).toEqual([]);
  expect(mainColours(asRaster.colours, 0.02).toSorted()).toEqual(mainColours(asVector.colours, 0.02).toSorted());
});

function isOfThisMachine(url: string): boolean {
  return ["localhost", "127.0.0.1"].includes(new URL(url).hostname) || url.startsWith("blob:");
}

import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { commands } from "vitest/browser";
import type { LogEntry } from "../src/stats/request-log.ts";
import { countColours, mainColours, pageElement, seaColour } from "./page.ts";

const { open, openControl, strict } = inject("servers");
const sea = await seaColour(open);

/** Shows a layer around the middle of Europe and settles when all its tiles are there. */
async function show(layer: L.GridLayer, zoom = 4): Promise<HTMLImageElement[]> {
  const element = pageElement(600, 400);
  const map = L.map(element, { fadeAnimation: false, zoomAnimation: false }).setView([48, 10], zoom);
  onTestFinished(() => {
    map.remove();
  });
  await new Promise((resolve) => layer.once("load", resolve).addTo(map));
  return [...element.querySelectorAll("img.leaflet-tile")].filter((image) => image instanceof HTMLImageElement);
}

async function shownColours(layer: L.GridLayer, zoom?: number): Promise<Map<string, number>> {
  const sum = new Map<string, number>();
  for (const image of await show(layer, zoom)) {
    for (const [colour, count] of countColours(image, 256, 256)) sum.set(colour, (sum.get(colour) ?? 0) + count);
  }
  return sum;
}

describe("Leaflet shows", () => {
  it.each([
    ["PNG", `${open}/xyz/{z}/{x}/{y}.png`],
    ["@2x", `${open}/xyz/{z}/{x}/{y}@2x.png`],
    ["a graticule and labels", `${open}/xyz/{z}/{x}/{y}.png?graticule=1&labels=1`],
  ])("the map as %s: sea, and countries in several colours", async (_, url) => {
    const counts = await shownColours(L.tileLayer(url, { crossOrigin: true }));
    expect(counts.get(sea)).toBeGreaterThan(30_000);
    expect(mainColours(counts).length).toBeGreaterThan(5);
  });

  it("WebP, in nearly the same colours", async () => {
    const counts = await shownColours(L.tileLayer(`${open}/xyz/{z}/{x}/{y}.webp`, { crossOrigin: true }));
    const [main = ""] = mainColours(counts);
    const difference = main.split(",").map((value, i) => Math.abs(Number(value) - Number(sea.split(",")[i])));
    expect(Math.max(...difference)).toBeLessThanOrEqual(4);
  });

  it("the same by TMS, and by WMS", async () => {
    const xyz = await shownColours(L.tileLayer(`${open}/xyz/{z}/{x}/{y}.png`, { crossOrigin: true }));
    const tms = await shownColours(L.tileLayer(`${open}/tms/{z}/{x}/{y}.png`, { crossOrigin: true, tms: true }));
    const wms = await shownColours(
      L.tileLayer.wms(`${open}/wms`, { layers: "world", format: "image/png", version: "1.3.0", crossOrigin: true }),
    );
    expect(tms).toEqual(xyz);
    expect(mainColours(wms).slice(0, 5)).toEqual(mainColours(xyz).slice(0, 5));
  });

  it("tiles of 512 pixels, one zoom less of them", async () => {
    const options = { tileSize: 512, zoomOffset: -1, crossOrigin: true };
    const images = await show(L.tileLayer(`${open}/xyz/512/{z}/{x}/{y}.png`, options), 5);
    expect(images.map(({ naturalWidth }) => naturalWidth)).toEqual(images.map(() => 512));
    expect(images[0]?.src).toContain("/512/4/");
  });

  it("no tile with an error in place of one", async () => {
    await commands.control(openControl, "PATCH", "/control", { html: 1 });
    onTestFinished(async () => {
      await commands.control(openControl, "DELETE", "/control");
    });
    const layer = L.tileLayer(`${open}/xyz/{z}/{x}/{y}.png?html`);
    let errors = 0;
    layer.on("tileerror", () => errors++);
    const images = await show(layer);
    expect(errors).toBeGreaterThan(0);
    expect(images.every(({ naturalWidth }) => naturalWidth === 0)).toBe(true);
  });
});

describe("a page", () => {
  it("can neither change the faults of a server on its machine, nor read what it has done", async () => {
    const refused = /Failed to fetch/;
    for (const url of [open, openControl]) {
      await expect(fetch(`${url}/control`, { method: "PATCH", body: '{"offline":true}' })).rejects.toThrow(refused);
      await expect(fetch(`${url}/stats`)).rejects.toThrow(refused);
      // Without CORS it is sent, and the page learns nothing of the answer.
      await fetch(`${url}/control/outage`, { method: "POST", mode: "no-cors", body: '{"durationMs":60000}' });
    }
    expect(await commands.control(openControl, "GET", "/control")).toMatchObject({ offline: false });
    expect((await fetch(`${open}/style.json`)).ok).toBe(true);
  });
});

describe("CORS", () => {
  it("strict: a page may show tiles, and read nothing of them", async () => {
    const images = await show(L.tileLayer(`${strict}/xyz/{z}/{x}/{y}.png`));
    expect(images.every(({ naturalWidth }) => naturalWidth === 256)).toBe(true);
    expect(() => countColours(images[0] ?? new Image(), 256, 256)).toThrow("tainted");
    await expect(fetch(`${strict}/xyz/4/8/5.png`)).rejects.toThrow("Failed to fetch");
  });

  it("open: a page may send conditional requests and read ETags", async () => {
    const first = await fetch(`${open}/xyz/4/8/5.png`, { cache: "no-store" });
    const etag = first.headers.get("etag") ?? "";
    const again = await fetch(`${open}/xyz/4/8/5.png`, { cache: "no-store", headers: { "if-none-match": etag } });
    expect([first.status, again.status, again.headers.get("etag")]).toEqual([200, 304, etag]);
  });
});

it("Chromium uses HTTP/2, all over one connection", async () => {
  const { http2, http2Control } = inject("servers");
  const fetchTile = async (x: number) => (await fetch(`${http2}/xyz/5/${x}/10.png`, { cache: "no-store" })).ok;
  expect(await Promise.all(Array.from({ length: 20 }, (_, x) => fetchTile(x)))).not.toContain(false);
  const log = (await commands.control(http2Control, "GET", "/log")) as LogEntry[];
  expect(log.length).toBeGreaterThanOrEqual(20);
  expect(new Set(log.map(({ httpVersion }) => httpVersion))).toEqual(new Set(["2.0"]));
  expect(new Set(log.map(({ connection }) => connection)).size).toBe(1);
});

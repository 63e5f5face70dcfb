import tileCover from "@mapbox/tile-cover";
import type { Polygon } from "geojson";
import { defineBenchmark } from "../../../tools/bench/define-benchmark.ts";
import {
  circle,
  coverOf,
  fromGeoJSON,
  type LatLng,
  line,
  type Region,
  rectangle,
  toDownloadable,
} from "../src/index.ts";
import { countryOf } from "../test/countries.ts";

/** Six points around Reading and Windsor: a jagged polygon of 15,963 tiles at z1–17. */
const sixPoints: Polygon = {
  type: "Polygon",
  coordinates: [
    [
      [-0.9674646220840917, 51.45818683312154],
      [-0.9185366064186982, 51.55859639937614],
      [-0.7494743298246318, 51.476641197796724],
      [-0.5322770067805148, 51.56029831737391],
      [-0.5746290119276093, 51.235701626195365],
      [-0.6779891095601829, 51.38781341753136],
      [-0.9674646220840917, 51.45818683312154],
    ],
  ],
};
const windsor: LatLng = { lat: 51.42, lng: -0.72 };

const cover = (region: Region, minZoom: number, maxZoom: number) =>
  coverOf(toDownloadable(region, { minZoom, maxZoom, source: "bench" }));

/** The same tiles from tile-cover, zoom by zoom, as it knows no range of whole levels. */
function tileCoverOf(geometry: Parameters<typeof tileCover.tiles>[0], minZoom: number, maxZoom: number): number {
  let count = 0;
  for (let z = minZoom; z <= maxZoom; z++) count += tileCover.tiles(geometry, { min_zoom: z, max_zoom: z }).length;
  return count;
}

/** Goes over all tiles without making an object for each. (The sum stays within 32 bits: no number on the heap.) */
function walk(region: Region, minZoom: number, maxZoom: number): number {
  const cursor = cover(region, minZoom, maxZoom).cursor();
  let sum = 0;
  while (cursor.next()) sum = (sum + (cursor.x ^ cursor.y)) | 0;
  return sum;
}

/** Makes an object for each tile, as a plain `for … of` does. */
function iterate(region: Region, minZoom: number, maxZoom: number): number {
  let sum = 0;
  for (const { x, y } of cover(region, minZoom, maxZoom)) sum = (sum + (x ^ y)) | 0;
  return sum;
}

/** As many tiles of a box as there are given: the least that going over tiles can cost. */
function nestedLoop(tiles: number): number {
  const width = 840;
  const height = tiles / width;
  let sum = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sum = (sum + (x ^ y)) | 0;
  return sum;
}

/** The memory that is in use after a run and was not before, garbage included. */
function bytesOf(run: () => unknown): number {
  const used = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  globalThis.gc?.();
  const before = used();
  run();
  return used() - before;
}

export const benchmark = defineBenchmark({
  name: "cover",
  title: "Counting and enumerating the tiles of a region",
  libraries: ["@mapbox/tile-cover", "world-atlas"],
  cases: [
    {
      name: "count: six points, z20 (730,800 tiles)",
      goal: { atLeast: 100 },
      baseline: "tile-cover enumerates",
      candidate: "cover counts",
      prepare: () => {
        const region = fromGeoJSON(sixPoints);
        return { baseline: () => tileCoverOf(sixPoints, 20, 20), candidate: () => cover(region, 20, 20).count };
      },
    },
    {
      name: "count: six points, z1–17 (15,963 tiles)",
      goal: { atLeast: 5 },
      baseline: "tile-cover enumerates",
      candidate: "cover counts",
      prepare: () => {
        const region = fromGeoJSON(sixPoints);
        return { baseline: () => tileCoverOf(sixPoints, 1, 17), candidate: () => cover(region, 1, 17).count };
      },
    },
    ...(["France", "Norway"] as const).flatMap((name) => {
      const country = countryOf(name);
      const region = fromGeoJSON(country);
      const tiles = cover(region, 0, 12).count.toLocaleString("en");
      const baseline = () => tileCoverOf(country, 0, 12);
      return [
        {
          name: `count: ${name}, z0–12 (${tiles} tiles)`,
          goal: { atLeast: 5 },
          baseline: "tile-cover enumerates",
          candidate: "cover counts",
          prepare: () => ({ baseline, candidate: () => cover(region, 0, 12).count }),
        },
        {
          name: `enumerate: ${name}, z0–12, an object each`,
          goal: { atLeast: 3 },
          baseline: "tile-cover enumerates",
          candidate: "for … of cover",
          prepare: () => ({ baseline, candidate: () => iterate(region, 0, 12) }),
        },
      ];
    }),
    {
      name: "enumerate: six points, z20, an object each",
      goal: { atLeast: 5 },
      baseline: "tile-cover enumerates",
      candidate: "for … of cover",
      prepare: () => {
        const region = fromGeoJSON(sixPoints);
        return { baseline: () => tileCoverOf(sixPoints, 20, 20), candidate: () => iterate(region, 20, 20) };
      },
    },
    {
      name: "enumerate: six points, z20, no object",
      goal: { atLeast: 5 },
      baseline: "tile-cover enumerates",
      candidate: "cover, then cursor",
      prepare: () => {
        const region = fromGeoJSON(sixPoints);
        return { baseline: () => tileCoverOf(sixPoints, 20, 20), candidate: () => walk(region, 20, 20) };
      },
    },
    {
      name: "walk: 730,800 tiles of a polygon, by spans",
      goal: { atMost: 2 },
      baseline: "nested loop over a box",
      candidate: "forEachSpan, a loop in each",
      prepare: () => {
        const tiles = cover(fromGeoJSON(sixPoints), 20, 20);
        const candidate = () => {
          let sum = 0;
          tiles.forEachSpan((_, y, x0, x1) => {
            let part = 0;
            for (let x = x0; x < x1; x++) part = (part + (x ^ y)) | 0;
            sum = (sum + part) | 0;
          });
          return sum;
        };
        return { baseline: () => nestedLoop(tiles.count), candidate };
      },
    },
    {
      name: "walk: 730,800 tiles of a polygon, by cursor",
      goal: { atMost: 10 },
      baseline: "nested loop over a box",
      candidate: "cursor",
      prepare: () => {
        const tiles = cover(fromGeoJSON(sixPoints), 20, 20);
        const candidate = () => {
          const cursor = tiles.cursor();
          let sum = 0;
          while (cursor.next()) sum = (sum + (cursor.x ^ cursor.y)) | 0;
          return sum;
        };
        return { baseline: () => nestedLoop(tiles.count), candidate };
      },
    },
    {
      name: "count: a circle of 11.5 km, z20",
      goal: { atMost: 10 },
      baseline: "count of six points",
      candidate: "count of the circle",
      prepare: () => {
        const region = fromGeoJSON(sixPoints);
        const disc = circle(windsor, 11_500);
        return { baseline: () => cover(region, 20, 20).count, candidate: () => cover(disc, 20, 20).count };
      },
    },
    {
      name: "count: a corridor of 5 km around 40 km, z20",
      goal: { atMost: 10 },
      baseline: "count of six points",
      candidate: "count of the corridor",
      prepare: () => {
        const region = fromGeoJSON(sixPoints);
        const corridor = line([windsor, { lat: 51.6, lng: -0.55 }, { lat: 51.5, lng: -0.37 }], 5_000);
        return { baseline: () => cover(region, 20, 20).count, candidate: () => cover(corridor, 20, 20).count };
      },
    },
    {
      name: "memory: 64 times the tiles in the same rows",
      goal: { atMost: 2 },
      baseline: "cover and walk of 1.6 million",
      candidate: "cover and walk of 100 million",
      measures: "bytes",
      prepare: () => {
        const slanted = (width: number) =>
          fromGeoJSON({
            type: "Polygon",
            coordinates: [
              [
                [0, 0],
                [0.5, 1],
                [0.5 + width, 1],
                [width, 0],
              ],
            ],
          });
        const [narrow, wide] = [slanted(0.19), slanted(0.19 * 64)];
        return {
          baseline: () => bytesOf(() => walk(narrow, 20, 20)),
          candidate: () => bytesOf(() => walk(wide, 20, 20)),
        };
      },
    },
    {
      name: "count: the whole world, z24, beside a small square's",
      goal: { atMost: 1.5 },
      baseline: "count of a degree by a degree",
      candidate: "count of the whole world",
      prepare: () => {
        const square = rectangle({ north: 1, south: 0, east: 1, west: 0 });
        const world = rectangle({ north: 90, south: -90, east: 180, west: -180 });
        return { baseline: () => cover(square, 24, 24).count, candidate: () => cover(world, 24, 24).count };
      },
    },
  ],
});

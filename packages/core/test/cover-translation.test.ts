import fc from "fast-check";
import { expect, test } from "vitest";
import { coverOf, type LatLng, type Region, toDownloadable } from "../src/index.ts";
import { regions } from "./arbitrary/regions.ts";
import { keysOf } from "./oracle/agreement.ts";
import { oracleOf } from "./oracle/oracle.ts";
import { holds } from "./property.ts";

const RUNS = 300;
const shifts = fc.constantFrom(-720, -360, 360, 720);

function moved(region: Region, by: number): Region {
  const shift = ({ lat, lng }: LatLng) => ({ lat, lng: lng + by });
  switch (region.type) {
    case "rectangle":
      return { ...region, west: region.west + by, east: region.east + by };
    case "circle":
      return { ...region, center: shift(region.center) };
    case "line":
      return { ...region, path: region.path.map(shift) };
    case "polygon":
      return { ...region, outer: region.outer.map(shift), holes: region.holes.map((hole) => hole.map(shift)) };
    case "multi":
      return { ...region, regions: region.regions.map((part) => moved(part, by)) };
  }
}

test("moving a region by whole turns of 360° changes nothing", () => {
  holds(fc.tuple(regions, shifts), RUNS, ([{ region, minZoom, maxZoom }, by]) => {
    const cover = (of: Region) => coverOf(toDownloadable(of, { minZoom, maxZoom, source: "test" }));
    const { undecided } = oracleOf({ region, minZoom, maxZoom });
    const decided = (of: Region) => keysOf(cover(of)).filter((key) => !undecided.has(key));
    expect(decided(moved(region, by))).toEqual(decided(region));
  });
});

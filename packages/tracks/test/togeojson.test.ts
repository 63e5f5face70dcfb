import { fromGeoJSON, type Region } from "@fmtc/core";
import * as togeojson from "@tmcw/togeojson";
import { DOMParser } from "@xmldom/xmldom";
import { expect, test } from "vitest";
import { fromGpx, fromKml } from "../src/index.ts";
import karwendelGpx from "./fixtures/karwendel.gpx?raw";
import karwendelKml from "./fixtures/karwendel.kml?raw";
import taveuni from "./fixtures/taveuni.gpx?raw";

const options = { radiusMeters: 500 };
const parse = (text: string) => new DOMParser().parseFromString(text, "text/xml");

/** togeojson gives points and overlays too, which are not wanted where there are lines. */
function theirs(collection: ReturnType<typeof togeojson.kml>): Region {
  const features = collection.features.filter(
    ({ geometry, properties }) => geometry?.type !== "Point" && properties?.["@geometry-type"] !== "groundoverlay",
  );
  return fromGeoJSON({ ...collection, features }, options);
}

test("of ordinary files we read what togeojson reads", () => {
  expect(fromGpx(karwendelGpx, options)).toEqual(theirs(togeojson.gpx(parse(karwendelGpx))));
  expect(fromGpx(taveuni, options)).toEqual(theirs(togeojson.gpx(parse(taveuni))));
  expect(fromKml(karwendelKml, options)).toEqual(theirs(togeojson.kml(parse(karwendelKml))));
});

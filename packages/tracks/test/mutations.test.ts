import { FmtcError } from "@fmtc/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromGpx, fromKml } from "../src/index.ts";
import gpx from "./fixtures/karwendel.gpx?raw";
import kml from "./fixtures/karwendel.kml?raw";

const readers = [
  { text: gpx, read: fromGpx },
  { text: kml, read: fromKml },
];

test("a file with a part cut out, doubled or written over gives a region or one of our errors, and nothing else", () => {
  const parts = fc.constantFrom(
    "",
    "<",
    ">",
    "&",
    '"',
    "<trkpt",
    "</trk>",
    "<Polygon>",
    "]]>",
    "<!--",
    "91",
    "NaN",
    "\u0000",
  );
  const place = fc.nat(4_000);
  const mutation = fc.record({ reader: fc.constantFrom(...readers), from: place, length: fc.nat(60), part: parts });
  let errors = 0;
  fc.assert(
    fc.property(mutation, ({ reader, from, length, part }) => {
      const { text, read } = reader;
      const mutated = text.slice(0, from) + part + text.slice(from + length);
      try {
        expect(read(mutated, { radiusMeters: 500 })).toHaveProperty("type");
      } catch (error) {
        if (!FmtcError.isInstance(error)) throw error;
        errors++;
      }
    }),
    { seed: 20_231_107, numRuns: 1_000 },
  );
  // Some mutations must do harm, or nothing is tested here.
  expect(errors).toBeGreaterThan(100);
});

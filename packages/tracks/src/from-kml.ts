import type { Region } from "@fmtc/core";
import { type Position, readPosition } from "./position.ts";
import { readXml } from "./read-xml.ts";
import { regionOf } from "./region-of.ts";
import { theShortWay } from "./short-way.ts";

export interface KmlOptions {
  /** How far around lines and points the map is wanted, in metres along great circles. Polygons need none. */
  readonly radiusMeters?: number;
}

/**
 * The region of a KML text: corridors along its lines and tracks, and its polygons; several are a multi region.
 *
 * It reads LineString, LinearRing, Polygon and (gx:)Track, wherever they stand. Points are left out, unless the file
 * has nothing else: then each makes a circle. Edges take the short way round in longitude, those of polygons too.
 * Overlays, views and links to other files are left out.
 *
 * @throws TrackError if the text is not KML, a position in it is not valid, or it has none.
 * @throws RegionError if the radius is not valid, or missing where there is a line or a point.
 * @example
 * const region = fromKml(await file.text(), { radiusMeters: 500 });
 */
export function fromKml(text: string, options: KmlOptions = {}): Region {
  const reader = new KmlReader();
  readXml(text, "KML", {
    open: ({ name, line }) => reader.open(name, line),
    close: (name, own) => reader.close(name, own),
  });
  return regionOf(reader, "KML", options?.radiusMeters);
}

class KmlReader {
  readonly points: Position[] = [];
  readonly lines: Position[][] = [];
  readonly polygons: (readonly (readonly Position[])[])[] = [];
  #polygon: { readonly outers: Position[][]; readonly holes: Position[][] } | undefined;
  #isHole = false;
  /** What the next coordinates are for; coordinates of other elements do not draw anything. */
  #shape: "Point" | "LineString" | "LinearRing" | undefined;
  #track: Position[] = [];
  #line = 1;

  open(name: string, line: number): void {
    this.#line = line;
    switch (name) {
      case "Point":
      case "LineString":
      case "LinearRing":
        this.#shape = name;
        break;
      case "Polygon":
        this.#polygon = { outers: [], holes: [] };
        this.#isHole = false;
        break;
      case "outerBoundaryIs":
        this.#isHole = false;
        break;
      case "innerBoundaryIs":
        this.#isHole = true;
        break;
      case "Track":
        this.#track = [];
        this.lines.push(this.#track);
        break;
    }
  }

  close(name: string, text: string): void {
    switch (name) {
      case "coordinates":
        this.#draw(this.#positions(text));
        break;
      case "coord": {
        const place = `position ${this.#track.length + 1} of this track`;
        const numbers = text.trim().split(/\s+/);
        // A coord without content says that there is no position at that time.
        if (numbers[0] !== "") this.#track.push(readPosition(numbers[0], numbers[1], place, this.#line));
        break;
      }
      case "Point":
      case "LineString":
      case "LinearRing":
        this.#shape = undefined;
        break;
      case "Polygon":
        this.#closePolygon();
        break;
    }
  }

  #draw(positions: Position[]): void {
    if (this.#shape === undefined || positions.length === 0) return;
    if (this.#shape === "Point") this.points.push(...positions.slice(0, 1));
    else if (this.#polygon === undefined) this.lines.push(positions);
    else if (this.#isHole) this.#polygon.holes.push(positions);
    else this.#polygon.outers.push(positions);
  }

  /** A polygon has one outer ring. Where a file has more, each is a polygon: no part of the map is lost. */
  #closePolygon(): void {
    const { outers, holes } = this.#polygon ?? { outers: [], holes: [] };
    outers.forEach((outer, i) => {
      this.polygons.push(theShortWay(i === 0 ? [outer, ...holes] : [outer]));
    });
    this.#polygon = undefined;
  }

  /** Positions are separated by spaces, their numbers by commas; spaces around a comma are a common mistake. */
  #positions(text: string): Position[] {
    const written = text
      .split(",")
      .map((part) => part.trim())
      .join(",");
    if (this.#shape === undefined || written === "") return [];
    return written.split(/\s+/).map((position, i) => {
      const [lng, lat] = position.split(",", 2);
      return readPosition(lng, lat, `position ${i + 1} of these coordinates`, this.#line);
    });
  }
}

import { type Cover, coverOf, type LatLng, type LineRegion, outlineOf, type Region, type TileCoord } from "@fmtc/core";
import { pictureStyle } from "./picture-style.ts";
import { inTiles, tileMeters } from "./projection.ts";
import { circleAroundLondon, corridorAlongThames, downloadable } from "./regions.ts";

const ZOOM = 15;
const WIDTH = 1200;
const TITLE = 96;
const LEGEND = 84;
const MARGIN = 40;
/** Tiles around those of the regions, for the eye. */
const AIR = 0.6;

/** The tiles of both regions at one zoom, under their exact outlines, as an SVG that suits a light and a dark page. */
export function drawCover(): string {
  const circle = coverOf(downloadable(circleAroundLondon, ZOOM, ZOOM));
  const corridor = coverOf(downloadable(corridorAlongThames, ZOOM, ZOOM));
  const shared = circle.intersection(corridor);
  const frame = frameAround(circle.union(corridor));
  const kinds = [
    { name: "circle", label: "only in the circle", tiles: circle.difference(corridor) },
    { name: "corridor", label: "only in the corridor", tiles: corridor.difference(circle) },
    { name: "shared", label: "in both, fetched once", tiles: shared },
  ];
  const center = frame.place(circleAroundLondon.center);
  const reach = frame.pixels(circleAroundLondon.radiusMeters);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${frame.height}" role="img" aria-labelledby="title">
<title id="title">The map tiles of a circle around London and of a corridor along the Thames at zoom ${ZOOM}</title>
<style>${pictureStyle}</style>
<defs>
<pattern id="grid" width="${fixed(frame.scale)}" height="${fixed(frame.scale)}" patternUnits="userSpaceOnUse" x="${fixed(frame.gridX)}" y="${fixed(frame.gridY)}">
<path class="grid" d="M0 0H${fixed(frame.scale)}M0 0V${fixed(frame.scale)}"/>
</pattern>
</defs>
<rect class="page" width="${WIDTH}" height="${frame.height}" rx="18"/>
<text class="title" x="${MARGIN}" y="50">Exactly the tiles a region needs</text>
<text class="subtitle" x="${MARGIN}" y="76">those that share area with it, and no others</text>
<text class="zoom" x="${WIDTH - MARGIN}" y="50" text-anchor="end">zoom ${ZOOM}</text>
<rect class="map" x="${MARGIN}" y="${TITLE}" width="${WIDTH - 2 * MARGIN}" height="${fixed(frame.mapHeight)}" rx="8"/>
<rect fill="url(#grid)" x="${MARGIN}" y="${TITLE}" width="${WIDTH - 2 * MARGIN}" height="${fixed(frame.mapHeight)}" rx="8"/>
${kinds.map(({ name, tiles }) => `<g class="tiles ${name}">\n${squares(tiles, frame)}\n</g>`).join("\n")}
<path class="outline circle" d="${outlinePath(circleAroundLondon, frame)}"/>
<path class="outline corridor" d="${outlinePath(corridorAlongThames, frame)}"/>
<path class="track" d="${pathData(pathOf(corridorAlongThames), frame)}"/>
<circle class="center" cx="${fixed(center.x)}" cy="${fixed(center.y)}" r="4"/>
<text class="label circle" x="${fixed(center.x - 0.7 * reach)}" y="${fixed(center.y - reach)}" text-anchor="end">circle(london, 5_000)</text>
<text class="label corridor" x="${WIDTH - MARGIN - 20}" y="${fixed(TITLE + frame.mapHeight - 70)}" text-anchor="end">fromGpx(thames, { radiusMeters: 500 })</text>
${kinds.map((kind, i) => legend(kind, MARGIN + i * 250, frame.height - 38)).join("\n")}
${scaleBar(frame)}
</svg>
`;
}

interface Frame {
  readonly scale: number;
  readonly height: number;
  readonly mapHeight: number;
  readonly gridX: number;
  readonly gridY: number;
  readonly middle: number;
  readonly place: (point: LatLng) => { x: number; y: number };
  readonly corner: (tile: TileCoord) => { x: number; y: number };
  readonly pixels: (meters: number) => number;
}

function frameAround(cover: Cover): Frame {
  const blocks = [...cover.blocks(ZOOM)];
  const west = Math.min(...blocks.map(({ x0 }) => x0)) - AIR;
  const east = Math.max(...blocks.map(({ x1 }) => x1)) + AIR;
  const north = Math.min(...blocks.map(({ y0 }) => y0)) - AIR;
  const south = Math.max(...blocks.map(({ y1 }) => y1)) + AIR;
  const scale = (WIDTH - 2 * MARGIN) / (east - west);
  const mapHeight = scale * (south - north);
  const middle = (north + south) / 2;
  const onPicture = ({ x, y }: { x: number; y: number }) => ({
    x: MARGIN + (x - west) * scale,
    y: TITLE + (y - north) * scale,
  });
  const { x: gridX, y: gridY } = onPicture({ x: Math.ceil(west), y: Math.ceil(north) });
  return {
    scale,
    mapHeight,
    height: Math.ceil(TITLE + mapHeight + LEGEND),
    gridX,
    gridY,
    middle,
    place: (point) => onPicture(inTiles(point, ZOOM)),
    corner: onPicture,
    pixels: (meters) => (meters / tileMeters(middle, ZOOM)) * scale,
  };
}

function squares(cover: Cover, frame: Frame): string {
  const size = fixed(frame.scale - 2);
  const square = (tile: TileCoord) => {
    const { x, y } = frame.corner(tile);
    return `<rect x="${fixed(x + 1)}" y="${fixed(y + 1)}" width="${size}" height="${size}"/>`;
  };
  return [...cover].map(square).join("\n");
}

function outlinePath(region: Region, frame: Frame): string {
  return outlineOf(region)
    .flat()
    .map((ring) => `${pathData(ring, frame)}Z`)
    .join("");
}

function pathData(points: readonly LatLng[], frame: Frame): string {
  return points
    .map((point, i) => {
      const { x, y } = frame.place(point);
      return `${i === 0 ? "M" : "L"}${fixed(x)} ${fixed(y)}`;
    })
    .join("");
}

function pathOf(region: Region): LineRegion["path"] {
  if (region.type !== "line") throw new TypeError(`The walk is one line, but became a ${region.type}.`);
  return region.path;
}

function legend({ name, label, tiles }: { name: string; label: string; tiles: Cover }, x: number, y: number): string {
  return `<g class="key ${name}"><rect x="${x}" y="${y - 13}" width="16" height="16"/></g>
<text class="legend" x="${x + 26}" y="${y}"><tspan class="count">${tiles.count}</tspan> ${label}</text>`;
}

function scaleBar({ height, pixels }: Frame): string {
  const width = pixels(2_000);
  const [x, y] = [WIDTH - MARGIN - width, height - 42];
  return `<path class="scale" d="M${fixed(x)} ${y - 6}v6h${fixed(width)}v-6"/>
<text class="legend" x="${fixed(x - 12)}" y="${y + 4}" text-anchor="end">2 km</text>`;
}

function fixed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}

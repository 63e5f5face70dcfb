import type { CountryName } from "../world/country-names.ts";
import { type PlacedName, placeNames } from "./place-names.ts";
import type { Skia } from "./skia.ts";
import type { View } from "./view.ts";

/** A name and the pixel of the picture that its middle falls on. */
export interface NameInView extends PlacedName {
  readonly pixelX: number;
  readonly pixelY: number;
}

/** The names of which at least a part falls into a picture. */
export function namesInView(skia: Skia, names: readonly CountryName[], view: View): NameInView[] {
  const worldPixels = 256 * 2 ** view.styleZoom;
  const placed = placeNames(skia, names, view.styleZoom);
  const everywhere = view.rounds.flatMap((round) => placed.map((name) => ({ name, round })));
  return everywhere.flatMap(({ name, round }) => {
    const pixelX = Math.round(view.toX(name.x / worldPixels + round));
    const pixelY = Math.round(view.toY(name.y / worldPixels));
    const reachX = name.halfWidth * view.scale;
    const reachY = name.halfHeight * view.scale;
    const isInside =
      pixelX + reachX > 0 && pixelX - reachX < view.width && pixelY + reachY > 0 && pixelY - reachY < view.height;
    return isInside ? [{ ...name, pixelX, pixelY }] : [];
  });
}

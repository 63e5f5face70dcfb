import CanvasKitInit, { type CanvasKit } from "canvaskit-wasm/full";
import { loadTypefaces, type Typefaces } from "./typefaces.ts";

/**
 * What draws the pictures: Skia, compiled to WebAssembly. It draws the same on every machine, to the byte, and brings
 * nothing that has to be built for a platform.
 */
export interface Skia {
  readonly kit: CanvasKit;
  readonly typefaces: Typefaces;
}

let loading: Promise<Skia> | undefined;

/** Compiles it, which takes a moment; the second time it is there already. */
export function loadSkia(): Promise<Skia> {
  loading ??= CanvasKitInit().then((kit) => ({ kit, typefaces: loadTypefaces(kit) }));
  return loading;
}

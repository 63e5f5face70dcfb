import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import CanvasKitInit, { type CanvasKit, type Typeface } from "canvaskit-wasm/full";

const require = createRequire(import.meta.url);

/** What draws the picture: Skia in WebAssembly, and a font of its own, so the same to the byte on every machine. */
export interface Skia {
  readonly kit: CanvasKit;
  readonly typefaces: Readonly<Record<"regular" | "bold" | "mono", Typeface>>;
}

export async function loadSkia(): Promise<Skia> {
  const kit = await CanvasKitInit();
  return { kit, typefaces: { regular: notoSans(kit, 400), bold: notoSans(kit, 600), mono: builtIn(kit) } };
}

function notoSans(kit: CanvasKit, weight: 400 | 600): Typeface {
  const bytes = readFileSync(require.resolve(`@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff2`));
  const made = kit.Typeface.MakeTypefaceFromData(new Uint8Array(bytes).buffer);
  if (made === null) throw new Error("Skia cannot read the font Noto Sans: run npm ci to install it again.");
  return made;
}

/** Noto Mono comes with Skia. */
function builtIn(kit: CanvasKit): Typeface {
  const made = kit.Typeface.GetDefault();
  if (made === null) throw new Error("Skia has no font of its own: run npm ci to install it again.");
  return made;
}

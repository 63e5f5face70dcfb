import { UsageError } from "../usage-error.ts";
import { defaultSourceId } from "./default-source-id.ts";
import { unnameablePart } from "./unnameable-part.ts";

/** What placeholders of the user's own are called that stand for a key, and not for a map. */
const LIKE_A_KEY = /key|token|secret|pass|auth|sign|user|session|appid/i;
const OF_CORE = ["z", "x", "y", "-y", "s", "quadkey", "bbox-epsg-3857"];

/**
 * The name that tiles of `--url` are stored under if `--source` gives none.
 *
 * @throws UsageError if it must: the URL may hold a key, or say by a value which map it is. The value is not repeated.
 */
export function sourceIdOfUrl(template: string, { r = "" }: Readonly<Record<string, string>>): string {
  const url = template.replaceAll("{r}", r);
  const part = unnameablePart(url);
  if (part !== undefined) {
    const what = `--url has ${part}, which may be a key or say which map it is`;
    throw new UsageError(
      `${what}: name the tiles with --source ID, and put a key into --param, as in …?key={key} --param key=1234.`,
    );
  }
  const id = defaultSourceId(url);
  if (id === "") throw new UsageError("--url has no name for its tiles to be stored under: give one with --source ID.");
  const own = [...url.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name).filter((name) => !OF_CORE.includes(name));
  const telling = own.find((name) => !LIKE_A_KEY.test(name));
  if (telling !== undefined) {
    throw new UsageError(`--url has {${telling}}, which may say which map it is: name the tiles with --source ID.`);
  }
  return id;
}

import { UsageError } from "../usage-error.ts";
import { defaultSourceId, partsOfUrl } from "./default-source-id.ts";
import { unnameablePart } from "./unnameable-part.ts";

/** How placeholders of the user's own end that stand for a key, and not for a map: `apiKey`, `access_token`. */
const KEYS = ["key", "apikey", "token", "accesstoken", "secret", "password", "signature", "appid"];
const OF_CORE = ["z", "x", "y", "-y", "s", "quadkey", "bbox-epsg-3857"];

/**
 * The name that tiles of `--url` are stored under if `--source` gives none.
 *
 * @throws UsageError if it must: the URL may hold a key, or say by a value which map it is. The value is not repeated.
 */
export function sourceIdOfUrl(template: string, { r = "", s }: Readonly<Record<string, string>>): string {
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
  const telling = own.find((name) => !standsForKey(name)) ?? (isSubdomain(url, s) ? undefined : "s");
  if (telling !== undefined) {
    throw new UsageError(`--url has {${telling}}, which may say which map it is: name the tiles with --source ID.`);
  }
  return id;
}

function standsForKey(name: string): boolean {
  const words = name.split(/[_-]|(?<=[a-z])(?=[A-Z])/);
  return KEYS.includes(words.at(-1)?.toLowerCase() ?? "");
}

/** Whether `{s}` stands for one of several servers with the same map, where it is in the URL at all. */
function isSubdomain(url: string, names: string | undefined): boolean {
  const { host } = partsOfUrl(url);
  const [, ...others] = url.split("{s}");
  if (others.length === 0) return true;
  return others.length === 1 && host.split(".").includes("{s}") && names?.includes(",") !== false;
}

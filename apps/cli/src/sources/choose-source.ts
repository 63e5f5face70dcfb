import { defineSource, policyOf, type TileSource } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";
import { assertHeaders } from "./assert-headers.ts";
import { assertSameMap } from "./assert-same-map.ts";
import type { Config } from "./config-file.ts";
import { readHeaders, readParameters } from "./read-pair.ts";
import { sourceOfUrl } from "./source-of-url.ts";
import type { SourceOptions } from "./source-options.ts";

/**
 * The source of a command's options: that of `--url`; else the one that is named, by `--source`, or by what the tiles are for,
 * in the configuration file; else its only one.
 *
 * @throws UsageError
 */
export function chooseSource(
  options: SourceOptions,
  config: Config | undefined,
  named?: string | undefined,
): TileSource {
  const parameters = readParameters(options.param);
  const headers = readHeaders(options.header);
  if (options.source === "") throw new UsageError("--source is empty: give a name.");
  const id = options.source ?? named;
  if (options.url !== undefined && options.source === undefined && named !== undefined) {
    assertSameMap(options.url, parameters, named);
  }
  const source = options.url === undefined ? sourceInFile(id, config) : sourceOfUrl(options.url, id, parameters);
  assertUsed(source, options.param, parameters);
  const chosen = defineSource({
    ...source,
    ...(options.url === undefined &&
      Object.keys(parameters).length > 0 && { parameters: { ...source.parameters, ...parameters } }),
    ...(Object.keys(headers).length > 0 && { headers: { ...source.headers, ...headers } }),
    ...(options.allowBulk === true && { policy: { ...policyOf(source), bulk: "allowed", maxBulkZoom: undefined } }),
  });
  assertHeaders(chosen.headers);
  return chosen;
}

function sourceInFile(id: string | undefined, config: Config | undefined): TileSource {
  const ids = config?.ids ?? [];
  const [only, ...others] = ids;
  const wanted = id ?? (others.length === 0 ? only : undefined);
  const found = wanted === undefined ? undefined : config?.source(wanted);
  if (found !== undefined) return found;
  const byUrl = "--url 'https://…/{z}/{x}/{y}.png'";
  if (config === undefined || ids.length === 0) {
    const where = config === undefined ? "there is no configuration file" : `${config.file} has no sources`;
    const problem = id === undefined ? "There is no source" : `Source ${quoted(id)} is not known, as ${where}`;
    throw new UsageError(`${problem}: say where tiles come from, with ${byUrl}.`);
  }
  const known = `${config.file} has ${ids.map(quoted).join(", ")}`;
  throw new UsageError(
    id === undefined
      ? `Which source? ${known}: name one with --source ID, or give another by ${byUrl}.`
      : `Source ${quoted(id)} is not known. ${known}: name one of them, or give ${byUrl}.`,
  );
}

/** A misspelt parameter would leave its placeholder to what the file says, or be lost. */
function assertUsed({ url }: TileSource, given: readonly string[], parameters: Readonly<Record<string, string>>): void {
  if (given.length === 0) return;
  const names = [...url.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const unused = Object.keys(parameters).find((name) => !names.includes(name));
  if (unused !== undefined) throw new UsageError(`--param ${unused}: the source's URL has no {${unused}}.`);
}

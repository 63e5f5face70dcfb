import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { defineSource, SourceError, type TileSource } from "@fmtc/core";
import { decodeText } from "../files/decode-text.ts";
import { expandHome } from "../files/expand-home.ts";
import { fileProblem } from "../files/file-problem.ts";
import { parseJson } from "../files/parse-json.ts";
import { UsageError } from "../usage-error.ts";
import { withEnvironment } from "./environment-values.ts";

/** What a configuration file says. */
export interface Config {
  /** As its user knows it. */
  readonly file: string;
  readonly db: string | undefined;
  readonly contact: string | undefined;
  /** The ids of its sources. */
  readonly ids: readonly string[];
  /**
   * A source, with what its texts take from the environment.
   *
   * @throws UsageError if the environment lacks something of it.
   */
  readonly source: (id: string) => TileSource | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const FIELDS = ["db", "contact", "sources"];
const SOURCE_FIELDS: readonly string[] = [
  "id",
  "url",
  "minZoom",
  "maxZoom",
  "tileSize",
  "subdomains",
  "retina",
  "parameters",
  "headers",
  "seaTiles",
  "attribution",
  "policy",
] satisfies (keyof TileSource)[];

/**
 * Reads a configuration file; undefined if there is none.
 *
 * @throws UsageError that names the file and the field.
 */
export async function readConfigFile(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Config | undefined> {
  const bytes = await bytesOf(file);
  if (bytes === undefined) return undefined;
  const text = decodeText(bytes);
  if (text === undefined || text.trim() === "")
    throw new UsageError(`${file} is ${text === undefined ? "no text" : "empty"}.`);
  const value = asFields(parseJson(file, text), file, "the configuration");
  assertKnown(value, FIELDS, `${file}: `);
  const { db, contact, sources = [] } = value;
  if (!Array.isArray(sources)) throw new UsageError(`${file}: sources must be a list, [{ "id": …, "url": … }].`);
  const known = new Map<string, { readonly source: TileSource; readonly field: string }>();
  for (const [i, each] of sources.entries()) {
    const field = `${file}: sources[${i}]`;
    const source = readSource(each, field);
    if (known.has(source.id)) throw new UsageError(`${field}.id is "${source.id}", as is that of a source before it.`);
    known.set(source.id, { source, field });
  }
  return {
    file,
    db: pathOf(db, `${file}: db`, dirname(resolve(file))),
    contact: literalText(contact, `${file}: contact`),
    ids: [...known.keys()],
    source: (id) => {
      const found = known.get(id);
      return found && resolved(found.source, found.field, env);
    },
  };
}

async function bytesOf(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    const problem = fileProblem(error);
    throw problem === undefined ? error : new UsageError(`The configuration file ${file} ${problem}.`);
  }
}

/** A source as it stands in the file, checked; its texts still name what they take from the environment. */
function readSource(value: unknown, field: string): TileSource {
  const fields = asFields(value, field, "a source");
  assertKnown(fields, SOURCE_FIELDS, `${field}.`);
  for (const name of ["parameters", "headers"]) {
    if (fields[name] !== undefined) asFields(fields[name], `${field}.${name}`, "an object of texts");
  }
  for (const name of ["id", "url", "attribution"]) literalText(fields[name], `${field}.${name}`);
  for (const name of Array.isArray(fields.subdomains) ? fields.subdomains : []) {
    if (typeof name === "string") assertNoVariable(name, `${field}.subdomains`);
  }
  try {
    const source = defineSource(value as TileSource);
    if (/^https?:/i.test(source.url)) return source;
  } catch (error) {
    throw SourceError.isInstance(error) ? new UsageError(`${field}.${inFile(error.message)}`) : error;
  }
  throw new UsageError(`${field}.url must begin with https:// or http:// and a host.`);
}

/** Core's advice is for those who write JavaScript. */
function inFile(message: string): string {
  return message
    .replace('subdomains: ["a", "b"]', '"subdomains": ["a", "b"]')
    .replace(/parameters: \{ (.+): "…" \}/, '"parameters": { "$1": "…" }')
    .replace(", or be a path on the page's own server", "");
}

function resolved(source: TileSource, field: string, env: Readonly<Record<string, string | undefined>>): TileSource {
  const { parameters, headers } = source;
  const all = (texts: Readonly<Record<string, string>>, name: string) =>
    Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, withEnvironment(text, `${field}.${name}.${key}`, env)]),
    );
  try {
    return defineSource({
      ...source,
      ...(parameters !== undefined && { parameters: all(parameters, "parameters") }),
      ...(headers !== undefined && { headers: all(headers, "headers") }),
    });
  } catch (error) {
    throw SourceError.isInstance(error) ? new UsageError(`${field}.${inFile(error.message)}`) : error;
  }
}

function asFields(value: unknown, field: string, wanted: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new UsageError(`${field} must be ${wanted}, { … }.`);
}

function assertKnown(value: Fields, names: readonly string[], prefix: string): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`${prefix}${unknown} is unknown. There is ${names.join(", ")}.`);
}

/** A text that is taken as it stands. */
function literalText(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw new UsageError(`${field} must be a text.`);
  if (value.trim() === "") throw new UsageError(`${field} is empty: fill it, or leave it out.`);
  assertNoVariable(value, field);
  return value;
}

function assertNoVariable(text: string, field: string): void {
  const [variable] = /\$\{?[A-Za-z_]\w*\}?/.exec(text) ?? [];
  if (variable === undefined) return;
  const only = `${field} holds ${variable}, but only parameters and headers are taken from the environment`;
  const name = variable.replace(/\W/g, "");
  throw new UsageError(
    field.endsWith(".url")
      ? `${only}: write {key} here, and "parameters": { "key": "$${name}" } beside it.`
      : `${only}: write what it stands for.`,
  );
}

function pathOf(value: unknown, field: string, folder: string): string | undefined {
  const path = literalText(value, field);
  return path === undefined ? undefined : resolve(folder, expandHome(path));
}

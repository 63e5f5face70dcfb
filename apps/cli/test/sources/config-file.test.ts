import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Config, readConfigFile } from "../../src/sources/config-file.ts";
import { UsageError } from "../../src/usage-error.ts";

const url = "https://tiles.example.org/{z}/{x}/{y}.png";

let folder = "";
let file = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fmtc-config-"));
  file = join(folder, "fmtc.config.json");
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: unknown, env: Record<string, string> = {}): Promise<Config> {
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  const config = await readConfigFile(file, env);
  if (config === undefined) throw new Error("There is no file.");
  return config;
}

describe("a configuration file", () => {
  it("has sources, the file of the tiles beside itself, and a contact", async () => {
    const config = await read({
      db: "maps/tiles.db",
      contact: "me@example.org",
      sources: [{ id: "topo", url, maxZoom: 17 }],
    });
    expect(config).toMatchObject({ db: join(folder, "maps", "tiles.db"), contact: "me@example.org", ids: ["topo"] });
    expect(config.source("topo")).toEqual({ id: "topo", url, maxZoom: 17 });
    expect(config.source("other")).toBeUndefined();
  });

  it("knows the home folder", async () => {
    expect(await read({ db: "~/maps/tiles.db" })).toMatchObject({ db: join(homedir(), "maps", "tiles.db") });
  });

  it("is undefined if there is none, and may be all but empty", async () => {
    expect(await readConfigFile(join(folder, "nowhere.json"), {})).toBeUndefined();
    expect(await read({})).toMatchObject({ db: undefined, ids: [] });
  });

  it("takes keys from the environment, for the source that is used alone", async () => {
    const one = {
      id: "a",
      url: `${url}?key={key}`,
      parameters: { key: "$A_KEY" },
      headers: { "X-Cost": "$$5 $A_KEY.$B" },
    };
    const config = await read(
      { sources: [one, { ...one, id: "b", parameters: { key: "$MISSING" } }] },
      { A_KEY: "1", B: "2" },
    );
    expect(config.source("a")).toMatchObject({ parameters: { key: "1" }, headers: { "X-Cost": "$5 1.2" } });
    const problem = `${file}: sources[1].parameters.key needs $MISSING, but the environment has none. Set it: export MISSING=…`;
    expect(() => config.source("b")).toThrow(new UsageError(problem));
  });

  it.each<[string, unknown, string]>([
    ["no JSON", "{ sources: [] }", " is not valid JSON, in line 1, column 3."],
    ["JSON cut short", '{"sources": [', " is JSON that ends too early. Is the file complete?"],
    ["nothing", "", " is empty."],
    ["a list", [], " must be the configuration, { … }."],
    ["an unknown field", { source: [] }, ": source is unknown. There is db, contact, sources."],
    ["a number for the file", { db: 5 }, ": db must be a text."],
    ["an empty contact", { contact: "" }, ": contact is empty: fill it, or leave it out."],
    ["an empty name of a file", { db: "" }, ": db is empty: fill it, or leave it out."],
    [
      "a variable in the name of a file",
      { db: "$HOME/tiles.db" },
      ": db holds $HOME, but only parameters and headers are taken from the environment: write what it stands for.",
    ],
    [
      "a variable in a URL",
      { sources: [{ id: "a", url: `${url}?k=$KEY` }] },
      ': sources[0].url holds $KEY, but only parameters and headers are taken from the environment: write {key} here, and "parameters": { "key": "$KEY" } beside it.',
    ],
    [
      "a variable in an attribution",
      { sources: [{ id: "a", url, attribution: "© $NAME" }] },
      ": sources[0].attribution holds $NAME, but only parameters and headers are taken from the environment: write what it stands for.",
    ],
    [
      "a variable in a subdomain",
      { sources: [{ id: "a", url, subdomains: ["$S"] }] },
      ": sources[0].subdomains holds $S, but only parameters and headers are taken from the environment: write what it stands for.",
    ],
    ["a source that is no list", { sources: {} }, ': sources must be a list, [{ "id": …, "url": … }].'],
    [
      "a source without a name",
      { sources: [{ url }] },
      ': sources[0].id is undefined, but must be a name for the source\'s tiles, such as "topo".',
    ],
    [
      "an unknown field of a source",
      {
        sources: [
          { id: "a", url },
          { id: "b", uri: url },
        ],
      },
      ": sources[1].uri is unknown. There is id, url, minZoom, maxZoom, tileSize, subdomains, retina, parameters, headers, seaTiles, attribution, policy.",
    ],
    [
      "a URL without placeholders",
      {
        sources: [
          { id: "a", url },
          { id: "b", url: "https://example.org" },
        ],
      },
      ": sources[1].url does not tell tiles apart: it needs {z}, {x} and {y}, or {quadkey}, or {bbox-epsg-3857}.",
    ],
    [
      "a URL with an unknown one",
      { sources: [{ id: "a", url: `${url}?key={key}` }] },
      ': sources[0].url has {key}, which is neither one of ours nor in parameters. Add it: "parameters": { "key": "…" }.',
    ],
    [
      "a URL without its subdomains",
      { sources: [{ id: "a", url: "https://{s}.a.org/{z}/{x}/{y}" }] },
      ': sources[0].url has {s}, but the source has no subdomains. Name them, as in "subdomains": ["a", "b"].',
    ],
    [
      "a path",
      { sources: [{ id: "a", url: "/{z}/{x}/{y}" }] },
      ": sources[0].url must begin with https:// or http:// and a host.",
    ],
    [
      "a name twice",
      {
        sources: [
          { id: "a", url },
          { id: "a", url },
        ],
      },
      ': sources[1].id is "a", as is that of a source before it.',
    ],
    [
      "headers that are a list",
      { sources: [{ id: "a", url, headers: [] }] },
      ": sources[0].headers must be an object of texts, { … }.",
    ],
    [
      "an attribution of a number",
      { sources: [{ id: "a", url, attribution: 1 }] },
      ": sources[0].attribution must be a text.",
    ],
    [
      "a policy misspelt",
      { sources: [{ id: "a", url, policy: { bulk: "yes" } }] },
      ': sources[0].policy.bulk must be "allowed" or "refused": a policy has to say so.',
    ],
  ])("refuses %s, and names the field", async (_, content, problem) => {
    await expect(read(content)).rejects.toThrow(new UsageError(`${file}${problem}`));
  });

  it("refuses a dollar that stands alone", async () => {
    const config = await read({ sources: [{ id: "a", url: `${url}?k={k}`, parameters: { k: "5$" } }] });
    expect(() => config.source("a")).toThrow(
      new UsageError(`${file}: sources[0].parameters.k holds a $ without a name. Write $$ for a dollar.`),
    );
  });

  it("refuses a folder", async () => {
    await expect(readConfigFile(folder, {})).rejects.toThrow(
      `The configuration file ${folder} is a folder, but must be a file.`,
    );
  });
});

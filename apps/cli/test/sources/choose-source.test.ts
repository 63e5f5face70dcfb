import { describe, expect, it } from "vitest";
import { chooseSource } from "../../src/sources/choose-source.ts";
import type { Config } from "../../src/sources/config-file.ts";
import type { SourceOptions } from "../../src/sources/source-options.ts";
import { UsageError } from "../../src/usage-error.ts";

const URL = "https://tiles.example.org/topo/{z}/{x}/{y}.png";
const SECRET = "0123secret";

const of = (options: Partial<SourceOptions>, config?: Config, named?: string) =>
  chooseSource({ param: [], header: [], ...options }, config, named);

function configOf(...ids: string[]): Config {
  return {
    file: "fmtc.config.json",
    db: undefined,
    contact: undefined,
    ids,
    source: (id) =>
      ids.includes(id) ? { id, url: `${URL}?key={key}`, parameters: { key: "1" }, maxZoom: 17 } : undefined,
  };
}

describe("the source of a command's options", () => {
  it("is that of the URL, under its own name or one that is given", () => {
    expect(of({ url: URL })).toEqual({ id: "tiles.example.org/topo", url: URL });
    expect(of({ url: URL, source: "topo" }).id).toBe("topo");
    expect(of({ url: `${URL}?time=2024`, source: "topo" }).id).toBe("topo");
    expect(of({ url: URL, header: ["X-K: ü"] }).headers).toEqual({ "X-K": "ü" });
    expect(of({ url: URL }, undefined, "tiles.example.org/topo").id).toBe("tiles.example.org/topo");
    expect(of({ url: URL, source: "walk" }, undefined, "walk").id).toBe("walk");
    expect(() => of({ url: URL }, undefined, "walk")).toThrow(
      '--url is that of source "tiles.example.org/topo", but the tiles are of source "walk".',
    );
    expect(of({ url: URL, source: "topo" }, configOf("topo"))).toEqual({ id: "topo", url: URL });
  });

  it("has parameters and headers, subdomains and resolution among them", () => {
    const source = of({
      source: "winter",
      url: "https://{s}.example.org/{style}/{z}/{x}/{y}{r}.png",
      param: ["s=a,b", "r=@2x", "style=a=b"],
      header: ["Authorization: Bearer 1:2", "X-Empty:"],
    });
    expect(source).toMatchObject({
      subdomains: ["a", "b"],
      retina: true,
      parameters: { style: "a=b" },
      headers: { Authorization: "Bearer 1:2", "X-Empty": "" },
    });
    expect(source.parameters).toEqual({ style: "a=b" });
  });

  it("is the only one of the configuration file, the one that is named, or the one of the region", () => {
    expect(of({}, configOf("topo")).id).toBe("topo");
    expect(of({ source: "b" }, configOf("a", "b")).id).toBe("b");
    expect(of({}, configOf("a", "b"), "b").id).toBe("b");
    expect(of({ param: ["key=2"] }, configOf("topo")).parameters).toEqual({ key: "2" });
  });

  it("allows bulk downloads if the operator has agreed, and keeps what else he asks for", () => {
    const url = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
    expect(of({ url, allowBulk: true }).policy).toMatchObject({ bulk: "allowed", minCacheMs: 7 * 86_400_000 });
    expect(of({ url }).policy).toBeUndefined();
  });

  it.each<[string, Partial<SourceOptions>, string, Config?]>([
    ["nothing", {}, "There is no source: say where tiles come from, with --url 'https://…/{z}/{x}/{y}.png'."],
    [
      "a name alone",
      { source: "topo" },
      "Source \"topo\" is not known, as there is no configuration file: say where tiles come from, with --url 'https://…/{z}/{x}/{y}.png'.",
    ],
    [
      "one of several",
      {},
      'Which source? fmtc.config.json has "a", "b": name one with --source ID, or give another by --url \'https://…/{z}/{x}/{y}.png\'.',
      configOf("a", "b"),
    ],
    [
      "another one",
      { source: "c" },
      'Source "c" is not known. fmtc.config.json has "a", "b": name one of them, or give --url \'https://…/{z}/{x}/{y}.png\'.',
      configOf("a", "b"),
    ],
    ["an empty name", { url: URL, source: "" }, "--source is empty: give a name."],
    [
      "a URL as a name",
      { url: URL, source: "https://x" },
      "--source is a URL. Give the tiles a name that outlives its URL.",
    ],
    [
      "a path",
      { url: "/tiles/{z}/{x}/{y}.png" },
      "--url must begin with https:// or http://, such as https://tiles.example.org/{z}/{x}/{y}.png.",
    ],
    [
      "no placeholders",
      { url: "https://example.org/tile.png" },
      "--url does not tell tiles apart: it needs {z}, {x} and {y}, or {quadkey}, or {bbox-epsg-3857}.",
    ],
    [
      "no subdomains",
      { url: "https://{s}.example.org/{z}/{x}/{y}.png" },
      "--url has {s}: say what it stands for, such as --param s=a,b,c.",
    ],
    ["no key", { url: `${URL}?key={key}` }, "--url has {key}: say what it stands for, with --param key=…"],
    [
      "a user",
      { url: `https://me:${SECRET}@example.org/{z}/{x}/{y}.png` },
      "--url holds a user name. Send it with --header 'Authorization: Basic …'.",
    ],
    ["half a placeholder", { url: "https://example.org/{z}/{x}/{y" }, "--url has a { or } without its partner."],
    [
      "no name at all",
      { url: "https://{host}/{z}/{x}/{y}.png", param: ["host=a.b"] },
      "--url has no name for its tiles to be stored under: give one with --source ID.",
    ],
    [
      "a parameter without value",
      { url: URL, param: [SECRET] },
      "--param must be NAME=VALUE, such as --param key=1234.",
    ],
    [
      "a parameter with a space",
      { url: `${URL}?key={key}`, param: [`key=${SECRET} `] },
      "--param key holds a space or a backslash. Encode it, as %20 or %5C.",
    ],
    [
      "a URL that may hold a key, without a name",
      { url: `${URL}?token=${SECRET}` },
      '--url has the field "token", which may be a key or say which map it is: name the tiles with --source ID, and put a key into --param, as in …?key={key} --param key=1234.',
    ],
    [
      "a header that cannot be sent",
      { url: URL, header: [`X-K: ${SECRET} ü€`] },
      "Header X-K holds a character that cannot be sent. Encode it, as %E2%82%AC for €.",
    ],
    ["a misspelt parameter", { url: URL, param: [`kye=${SECRET}`] }, "--param kye: the source's URL has no {kye}."],
    [
      "subdomains that are none",
      { url: "https://{s}.example.org/{z}/{x}/{y}.png", param: ["s=a b"] },
      "--param s must be a list of names, such as --param s=a,b,c.",
    ],
    ["another resolution", { url: URL, param: ["r=@3x"] }, "--param r must be @2x, or empty."],
    [
      "a header without a name",
      { url: URL, header: [SECRET] },
      "--header must be 'NAME: VALUE' in one piece, such as --header 'Authorization: Bearer 1234'.",
    ],
    [
      "a header of two lines",
      { url: URL, header: ["A: b\nC: d"] },
      "--header must be 'NAME: VALUE' in one piece, such as --header 'Authorization: Bearer 1234'.",
    ],
  ])("refuses %s, and never shows a key", (_, options, message, config) => {
    expect(() => of(options, config)).toThrow(new UsageError(message));
    expect(message).not.toContain(SECRET);
  });
});

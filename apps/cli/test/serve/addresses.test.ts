import { describe, expect, it } from "vitest";
import { segmentOf } from "../../src/serve/path-name.ts";
import { getRequest, rawRequest } from "./raw-request.ts";
import { openStore, pngOf, put, serve } from "./served.ts";

const NAMES = [
  "hiking",
  "two words",
  "a/b",
  "/",
  "..",
  ".",
  "~",
  "~..",
  "~~.",
  "...",
  "a.json",
  ".json",
  "0",
  "wandern 🥾",
  "\"quoted\" & 'so'",
  "<script>alert(1)</script>",
  "100%",
  "%2F",
  "?x=1#y",
  "back\\slash",
  "{z}",
  "line\nbreak",
  "\0",
  "e\u0301",
  "\u00e9",
];

describe("addresses", () => {
  it("are told by / for any name of a store and of a source, and lead to the tile, from any client", async () => {
    const store = await openStore();
    for (const [i, name] of NAMES.entries()) {
      for (const source of [NAMES.at(-i) ?? "", "topo"]) {
        await put(store, name, { source, z: 3, x: 4, y: 2, bytes: pngOf(source) });
      }
    }
    const { url, addresses } = await serve(store);
    const all = await addresses();
    expect(new Set(all.map(({ tiles }) => tiles)).size).toBe(NAMES.length * 2);
    for (const { store: name, source, tiles, tileJson } of all) {
      const tile = await fetch(url + tiles.replace("{z}/{x}/{y}", "3/4/2"));
      expect([tile.status, await tile.bytes()]).toEqual([200, pngOf(source)]);
      const document = await (await fetch(url + tileJson)).json();
      expect(document.name).toBe(`${name}: ${source}`);
      const byDocument = await fetch(document.tiles[0].replace("{z}/{x}/{y}", "3/4/2"));
      expect(await byDocument.bytes()).toEqual(pngOf(source));
    }
  });

  it("are short where there is only one source", async () => {
    const store = await openStore();
    for (const name of NAMES) await put(store, name);
    const { url } = await serve(store);
    for (const name of NAMES) {
      expect((await fetch(`${url}/${segmentOf(name)}/0/0/0`)).status, name).toBe(200);
      expect((await (await fetch(`${url}/${segmentOf(name)}.json`)).json()).name).toBe(name);
    }
  });

  it("have an ending or none, which is the tile's own", async () => {
    const store = await openStore();
    await put(store, "hiking");
    await put(store, "hiking", { z: 1, bytes: new Uint8Array([0xff, 0xd8, 0xff, 1]), contentType: "image/png" });
    const { url } = await serve(store);
    expect((await fetch(`${url}/hiking/0/0/0`)).status).toBe(200);
    expect((await fetch(`${url}/hiking/0/0/0.PNG?key=1`)).status).toBe(200);
    const wrong = await fetch(`${url}/hiking/0/0/0.jpg`);
    expect(wrong.status).toBe(404);
    expect(await wrong.text()).toBe("This tile is image/png: its address ends in .png, or in nothing.\n");
    expect((await fetch(`${url}/hiking/1/0/0.jpeg`)).status).toBe(200);
    expect((await fetch(`${url}/hiking/1/0/0.png`)).status).toBe(404);
  });

  it("of several sources name one", async () => {
    const store = await openStore();
    await put(store, "hiking", { source: "topo" });
    await put(store, "hiking", { source: "aerial" });
    const { url } = await serve(store);
    expect((await fetch(`${url}/hiking/topo/0/0/0.png`)).status).toBe(200);
    const unclear = await fetch(`${url}/hiking/0/0/0.png`);
    expect(unclear.status).toBe(404);
    expect(await unclear.text()).toContain('several sources: "aerial", "topo"');
    expect((await fetch(`${url}/hiking.json`)).status).toBe(404);
  });

  it("that are none, or of nothing, are answered by a sentence", async () => {
    const store = await openStore();
    await put(store, "hiking");
    const { url } = await serve(store);
    const expected: readonly (readonly [target: string, status: number])[] = [
      ["/hiking/0/0", 404],
      ["/hiking/0/0/0/0/0", 404],
      ["/hiking", 404],
      ["/hiking/", 404],
      ["//0/0/0", 404],
      ["//", 404],
      ["/hiking//0/0/0", 404],
      ["/hiking/00/0/0", 404],
      ["/hiking/0/0/0x", 404],
      ["/hiking/0/0/-0", 404],
      ["/hiking/0/0/0.5.png", 404],
      ["/hiking/0/0/0@2x.png", 404],
      ["/hiking/z/x/y", 404],
      ["/%zz/0/0/0", 400],
      ["/%ff/0/0/0", 400],
      ["/../../etc/passwd", 404],
      ["/..%2f..%2fetc%2fpasswd", 404],
      ["/.json", 404],
      ["/favicon.ico", 404],
      ["/robots.txt", 404],
      ["/hiking/25/0/0", 404],
      ["/hiking/1/2/0", 404],
      ["/hiking/1/0/2.png", 404],
      ["/hiking/1/0/0", 404],
      ["/..%2fhiking/0/0/0", 404],
      ["/cycling/0/0/0", 404],
      ["/hiking/aerial/0/0/0", 404],
      ["/hiking/https:%2F%2Ftiles.example.org/0/0/0", 404],
      ["/cycling.json", 404],
      ["/hiking/aerial.json", 404],
      ["http://localhost/hiking/0/0/0", 200],
      ["/hiking/%30/0/0.png?a/b?c", 200],
      ["/?x", 200],
    ];
    for (const [target, status] of expected) {
      const answer = await rawRequest(url, getRequest(target));
      expect(answer, target).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      if (status !== 200) expect(answer, target).toMatch(/\r\n\r\n[A-Z].*\.\n$/);
    }
  });

  it("of what is not there say what there is", async () => {
    const store = await openStore();
    await put(store, "hiking");
    await store.stores.create("empty");
    const { url } = await serve(store);
    const textOf = async (path: string) => (await fetch(url + path)).text();
    expect(await textOf("/hikin/0/0/0")).toBe('There is no store "hikin". There is "empty", "hiking".\n');
    expect(await textOf("/hikin.json")).toBe('There is no store "hikin". There is "empty", "hiking".\n');
    expect(await textOf("/hiking/top/0/0/0")).toBe(
      'Store "hiking" has no tiles of a source "top". It has tiles of "topo".\n',
    );
    expect(await textOf("/empty/0/0/0")).toBe('Store "empty" is empty.\n');
    expect(await textOf("/hiking/5/0/0")).toBe("This tile is not here.\n");
  });

  it("are of the stores that are served alone", async () => {
    const store = await openStore();
    await put(store, "hiking");
    await put(store, "secret");
    const { url } = await serve(store, { stores: ["hiking"] });
    expect((await fetch(`${url}/hiking/0/0/0`)).status).toBe(200);
    for (const path of ["/secret/0/0/0", "/secret/topo/0/0/0", "/secret.json"]) {
      const answer = await fetch(url + path);
      expect([answer.status, await answer.text()]).toEqual([404, 'There is no store "secret". There is "hiking".\n']);
    }
    expect(await (await fetch(url)).text()).not.toContain("secret");
  });

  it("of a name that is as long as an address are refused, and the server goes on", async () => {
    const store = await openStore();
    await put(store, "hiking");
    const { url } = await serve(store);
    for (const length of [20_000, 100_000, 20_000_000]) {
      const answer = await rawRequest(url, getRequest(`/${"a".repeat(length)}/0/0/0`));
      expect(answer).toMatch(/^HTTP\/1.1 431 [\s\S]*\r\n\r\nThe address and the headers are too long.\n$/);
    }
    expect((await fetch(`${url}/hiking/0/0/0`)).status).toBe(200);
  });
});

import { equal } from "../assert.ts";
import { collect, placesIn } from "../observe.ts";
import { bytesOf, failedAt, keptTileAt, keyAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

/** Texts that databases, languages and file systems have stumbled over. All are different, and all are allowed. */
const TEXTS: readonly string[] = [
  "plain",
  "Plain",
  " plain",
  "plain ",
  "%",
  "_lain",
  "p*",
  "'",
  '"; DROP TABLE tiles; --',
  "\\",
  "a/b",
  "1/0/0",
  "../../etc",
  "C:\\nul",
  "0",
  "00",
  "1",
  "-1",
  "1e3",
  "null",
  "undefined",
  "true",
  "[]",
  "{}",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "\0",
  "a\0",
  "a\0b",
  "a",
  "\n",
  "\r\n",
  "\t",
  "\u2028",
  "\u200B",
  "\u202E",
  "\uFEFFplain",
  "\uFFFD",
  "\uFFFF",
  "\u00E9",
  "e\u0301",
  "ﬁ",
  "fi",
  "ß",
  "ss",
  "İ",
  "ı",
  "🏔",
  "👩‍👩‍👧",
  "\u{10FFFF}",
  "مرحبا",
  "x".repeat(10_000),
  `${"x".repeat(9_999)}y`,
  "🏔".repeat(5_000),
];

const inOrder = TEXTS.toSorted((a, b) => (a < b ? -1 : 1));

export const hostileTexts = scenariosOf("hostile-texts", {
  "as-names-of-stores": async ({ store }) => {
    for (const [i, name] of TEXTS.entries()) {
      await store.stores.create(name, { maxLength: i });
      await store.commit({ store: name, tiles: [tileAt(`7/${i}/0`)] });
    }
    equal(await store.stores.list(), inOrder);
    for (const [i, name] of TEXTS.entries()) {
      equal(await store.stores.has(name), true, JSON.stringify(name));
      equal(await placesIn(store, name), [`7/${i}/0`], JSON.stringify(name));
      equal((await store.stores.limits(name)).maxLength, i, JSON.stringify(name));
    }
    for (const name of TEXTS) await store.stores.rename(name, `${name}!`);
    equal(new Set(await store.stores.list()), new Set(TEXTS.map((name) => `${name}!`)));
    for (const name of TEXTS) equal((await store.stores.delete(`${name}!`)).deleted, 1, JSON.stringify(name));
    equal(await store.stores.list(), []);
  },

  "names-that-nobody-gave-are-not-there": async ({ store }) => {
    await store.stores.create("a");
    equal(await store.stores.has("a"), true);
    for (const name of TEXTS.filter((text) => text !== "a"))
      equal(await store.stores.has(name), false, JSON.stringify(name));
    for (const name of ["A", "a ", "ａ", "á", "a\u0301"])
      equal(await store.stores.has(name), false, JSON.stringify(name));
  },

  "as-metadata": async ({ store }) => {
    await store.stores.create("a");
    const texts = ["", ...TEXTS];
    const entries = Object.fromEntries(texts.map((key, i) => [key, texts[texts.length - 1 - i] ?? ""]));
    await store.metadata.set("a", entries);
    equal(await store.metadata.read("a"), entries);
    for (const [key, value] of Object.entries(entries))
      equal(await store.metadata.remove("a", key), value, JSON.stringify(key));
    equal(await store.metadata.read("a"), {});
  },

  "as-sources": async ({ store }) => {
    await store.stores.create("a");
    const keys = TEXTS.map((source) => ({ source, z: 1, x: 0, y: 0 }));
    const tiles = keys.map((key) => ({ ...key, storedAt: 1_000, bytes: bytesOf(20, key.source) }));
    await store.commit({ store: "a", tiles });
    equal((await store.stores.stats("a")).length, TEXTS.length);
    const infos = await store.tiles.info(keys);
    equal<readonly (string | undefined)[]>(
      infos.map((info) => info?.source),
      TEXTS,
    );
    const scanned = await collect(store.tiles.scan({ bytes: true }));
    equal(new Set(scanned.map(({ source }) => source)), new Set(TEXTS));
    for (const { source, bytes } of scanned) equal(bytes, bytesOf(20, source), JSON.stringify(source));
    for (const [i, key] of keys.entries()) {
      equal(await store.tiles.remove("a", [key]), { removed: 1, deleted: 1, bytes: 20 }, JSON.stringify(key.source));
      equal((await store.tiles.has(keys)).indexOf(true), i + 1 < keys.length ? i + 1 : -1);
    }
  },

  "as-details-of-tiles": async ({ store }) => {
    await store.stores.create("a");
    const texts = ["", ...TEXTS];
    const details = texts.map((text) => ({ etag: text, lastModified: text, contentType: text }));
    await store.commit({ store: "a", tiles: details.map((each, i) => tileAt(`7/${i}/0`, each)) });
    await store.commit({ store: "a", tiles: texts.map((_, i) => keptTileAt(`7/${i}/0`)) });
    const infos = await store.tiles.info(texts.map((_, i) => keyAt(`7/${i}/0`)));
    equal(
      infos.map((info) => ({ etag: info?.etag, lastModified: info?.lastModified, contentType: info?.contentType })),
      details,
    );
  },

  "as-ids-of-downloads": async ({ store }) => {
    await store.stores.create("a");
    for (const [i, id] of TEXTS.entries()) {
      await store.downloads.put(recordOf(id, "a", { createdAt: i, options: { [id]: id, list: [id] } }));
      const { epoch } = await store.downloads.acquire(id, { owner: id, now: 0, expiresAt: 100 });
      const progress = progressOf([i, i + 1], { counts: { [id]: i } });
      const failed = [failedAt(i, { reason: id, detail: id })];
      await store.commit({ store: "a", tiles: [], checkpoint: { download: id, epoch, progress, failed } });
    }
    const expected = TEXTS.map((id, i) => ({
      ...recordOf(id, "a", { createdAt: i, options: { [id]: id, list: [id] } }),
      progress: progressOf([i, i + 1], { counts: { [id]: i } }),
      lease: { owner: id, epoch: 1, expiresAt: 100 },
    }));
    equal(await store.downloads.list({ store: "a" }), expected);
    for (const [i, id] of TEXTS.entries()) {
      equal(await store.downloads.get(id), expected[i], JSON.stringify(id));
      equal(await collect(store.downloads.failed(id)), [failedAt(i, { reason: id, detail: id })], JSON.stringify(id));
      equal(await store.downloads.remove(id), true, JSON.stringify(id));
    }
    equal(await store.downloads.list(), []);
  },
});

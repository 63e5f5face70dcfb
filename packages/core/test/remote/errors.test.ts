import { readdirSync } from "node:fs";
import {
  BackgroundUnavailableError,
  ConnectionLostError,
  ConnectionVersionError,
  connectRoot,
  DownloadExistsError,
  DownloadInProgressError,
  DownloadNotFoundError,
  DownloadUnfinishedError,
  DuplicateDownloadError,
  FmtcError,
  LeaseLostError,
  OptionError,
  RegionError,
  RootClosedError,
  SourceError,
  StoreClosedError,
  StoreCorruptError,
  StoreExistsError,
  StoreFullError,
  StoreInputError,
  StoreNotFoundError,
  StoreUnavailableError,
  StoreVersionError,
  serveRoot,
  TileNotFoundError,
  TilePolicyError,
  TransportError,
  UnknownSourceError,
} from "@fmtc/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLocal } from "./connected.ts";

const lease = { owner: "somebody", epoch: 3, expiresAt: 77 };

const samples: readonly FmtcError[] = [
  new BackgroundUnavailableError(),
  new ConnectionLostError("was closed."),
  new ConnectionVersionError(2, 1),
  new DownloadExistsError("d"),
  new DownloadInProgressError("d", lease),
  new DownloadNotFoundError("d"),
  new DownloadUnfinishedError("d", 7),
  new DuplicateDownloadError("d", "hiking"),
  new LeaseLostError("d", 4),
  new OptionError("buffer", { tiles: -1, bytes: [Number.NaN] }, "is wrong."),
  new RegionError("outer[2].lat", 91, "is 91."),
  new RootClosedError(),
  new SourceError("url", "is wrong."),
  new StoreClosedError("the browser has closed it"),
  new StoreCorruptError("It is damaged.", "tiles.db.damaged"),
  new StoreCorruptError("It is damaged."),
  new StoreExistsError("hiking"),
  new StoreFullError("The disk is full."),
  new StoreInputError("tiles[3].x", -1, "is -1."),
  new StoreNotFoundError("hiking"),
  new StoreUnavailableError("The folder is missing."),
  new StoreVersionError(9, 3),
  new TileNotFoundError({ source: "topo", z: 1, x: 0, y: 1 }),
  new TilePolicyError("osm", "https://example.org/policy", "does not allow it"),
  new TransportError("timeout", "It took too long."),
  new UnknownSourceError("x", ["topo", "osm"]),
];

/** What a far side whose root fails with an error makes the near side see. */
async function travelled(error: unknown): Promise<Error> {
  const { root: far } = await openLocal();
  const { port1, port2 } = new MessageChannel();
  serveRoot({ ...far, stats: () => Promise.reject(error) }, port1);
  const root = connectRoot(port2);
  onTestFinished(() => root.close());
  return root.stats().then(
    () => expect.fail("did not fail"),
    (reason) => reason,
  );
}

describe("an error that travels", () => {
  it("is one of each class there is", async () => {
    const folder = new URL("../../src/errors/", import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith("-error.ts"));
    const classes = await Promise.all(
      files.map(async (file) => Object.values(await import(new URL(file, folder).href)) as readonly unknown[]),
    );
    const missing = classes.flat().filter((each) => each !== FmtcError && !samples.some((s) => s.constructor === each));
    expect(missing).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });

  it.each(samples.map((sample) => [sample.name, sample] as const))("is the same %s again", async (_name, sample) => {
    const error = await travelled(sample);
    const ErrorClass = sample.constructor as typeof FmtcError;
    expect(error).toBeInstanceOf(ErrorClass);
    expect(ErrorClass.isInstance(error)).toBe(true);
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe(sample.message);
    expect(error.name).toBe(sample.name);
    expect({ ...error }).toStrictEqual({ ...sample });
    expect(error.stack).not.toBe(sample.stack);
  });

  it("of a class of somebody else's keeps its code", async () => {
    class OwnError extends FmtcError {
      readonly key = "secret";
    }
    const error = await travelled(new OwnError("OWN", "It failed."));
    expect(FmtcError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: "OWN", name: "OwnError", message: "It failed." });
    expect(error).not.toHaveProperty("key");
  });

  it("is a plain one if it was unknown, with its name and what it says", async () => {
    const given = Object.assign(new TypeError("It was odd."), { key: "secret", code: "ENOENT" });
    given.stack = "at /somewhere/secret";
    const error = await travelled(given);
    expect(error).toBeInstanceOf(Error);
    expect(FmtcError.isInstance(error)).toBe(false);
    expect(String(error)).toBe("TypeError: It was odd.");
    expect({ ...error }).toEqual({});
    expect(error.stack).not.toContain("secret");
    expect((await travelled("a text")).message).toBe('It failed with "a text".');
  });

  it("leaves what has caused it, and what no port carries, at home", async () => {
    const caused = await travelled(new StoreFullError("Full.", { cause: new Error("/home/secret") }));
    expect(caused.cause).toBeUndefined();
    const odd = await travelled(new OptionError("x", { run: () => 1, list: [Symbol("s"), 2] }, "is odd."));
    expect(odd).toMatchObject({ value: { run: undefined, list: [undefined, 2] } });
  });
});

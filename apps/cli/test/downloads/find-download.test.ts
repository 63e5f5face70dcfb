import { circle, type RecoverableDownload, toDownloadable } from "@fmtc/core";
import { describe, expect, it } from "vitest";
import { findDownload } from "../../src/downloads/find-download.ts";
import { sourcesFor } from "../../src/downloads/sources-for.ts";
import { MissingError } from "../../src/missing-error.ts";
import { UsageError } from "../../src/usage-error.ts";

const never = async () => {
  throw new Error("Nobody has asked for this.");
};

function download(id: string, source = "topo"): RecoverableDownload {
  const region = toDownloadable(circle({ lat: 47, lng: 11 }, 100), { minZoom: 8, maxZoom: 14, source });
  const numbers = { createdAt: 0, updatedAt: 0, max: 1_000, attempted: 10, failed: 0 };
  return {
    id,
    store: "hiking",
    region,
    state: "paused",
    ...numbers,
    resume: never,
    retryFailed: never,
    discard: never,
  };
}

const all = [download("abc1"), download("abc2"), download("abc"), download("xyz")];

describe("the download of an id", () => {
  it("is known by its beginning", () => {
    expect(findDownload(all, "x").id).toBe("xyz");
    expect(findDownload(all, "abc2").id).toBe("abc2");
    expect(findDownload(all, "abc").id).toBe("abc");
  });

  it("must be one", () => {
    expect(() => findDownload(all, "ab")).toThrow(UsageError);
    expect(() => findDownload(all, "ab")).toThrow(
      /^Several downloads begin with "ab"\. Give more of its id:\n[\s\S]*abc1[\s\S]*abc2/,
    );
    expect(() => findDownload(all, "zz")).toThrow(MissingError);
    expect(() => findDownload(all, "")).toThrow(MissingError);
    expect(() => findDownload(all, "zz")).toThrow(
      /^There is no download "zz"\. There is:\n[\s\S]*xyz +hiking +topo +8-14 +paused +10 of 1,000/,
    );
    expect(() => findDownload([], "zz")).toThrow('There is no download "zz". There are no downloads on record.');
  });
});

describe("the sources of downloads", () => {
  const url = "https://tiles.example.org/{z}/{x}/{y}.png";
  const none = { param: [], header: [] };
  const config = {
    file: "c.json",
    db: undefined,
    contact: undefined,
    ids: ["topo"],
    source: (id: string) => ({ id, url }),
  };

  it("are known by the ids in their records", () => {
    expect(sourcesFor(all, { ...none, url }, undefined)).toEqual([{ id: "topo", url }]);
    expect(sourcesFor(all, none, config)).toEqual([{ id: "topo", url }]);
  });

  it("have to be said", () => {
    const missing =
      "Download abc1 is of source \"topo\", and there is no configuration file. Say where its tiles come from: fmtc resume abc1 --url 'https://…/{z}/{x}/{y}.png'";
    expect(() => sourcesFor(all, none, undefined)).toThrow(new UsageError(missing));
    expect(() => sourcesFor([download("a", "sat")], none, config)).toThrow(
      /of source "sat", and c\.json does not have it/,
    );
    expect(() => sourcesFor([...all, download("a", "sat")], { ...none, url }, undefined)).toThrow(
      /^--url is that of one source/,
    );
    expect(() => sourcesFor(all, { ...none, url, source: "sat" }, undefined)).toThrow(
      '--source is "sat", but the download is of source "topo".',
    );
  });
});

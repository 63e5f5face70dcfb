import { circle, type RecoverableDownload, toDownloadable } from "@fmtc/core";
import { describe, expect, it } from "vitest";
import { findDownload } from "../../src/downloads/find-download.ts";
import { sourcesToResume } from "../../src/downloads/sources-to-resume.ts";
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

function thrown(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

const all = [download("abc1"), download("abc2"), download("abc"), download("xyz")];

describe("the download of an id", () => {
  it("is known by its beginning", () => {
    expect(findDownload(all, "x").id).toBe("xyz");
    expect(findDownload(all, "abc2").id).toBe("abc2");
    expect(findDownload(all, "abc").id).toBe("abc");
  });

  it("must be one", () => {
    const several = thrown(() => findDownload(all, "ab"));
    expect(several).toEqual(
      new UsageError('Several downloads begin with "ab". Give more of its id.', expect.anything()),
    );
    expect(several).toMatchObject({
      beside: { value: { downloads: [{ id: "abc1" }, { id: "abc2" }, { id: "abc" }] } },
    });
    const none = thrown(() => findDownload(all, "zz"));
    expect(none).toEqual(
      new MissingError('There is no download "zz": name one of those there are.', expect.anything()),
    );
    expect(none).toMatchObject({
      beside: { text: expect.stringMatching(/xyz +hiking +topo +8-14 +paused +10 of 1,000/) },
    });
    expect(() => findDownload(all, "")).toThrow(MissingError);
    expect(() => findDownload([], "zz")).toThrow('There is no download "zz", and no other on record.');
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
    expect(sourcesToResume(all, { ...none, url, source: "topo" }, undefined)).toEqual([{ id: "topo", url }]);
    const own = [download("a", "tiles.example.org")];
    expect(sourcesToResume(own, { ...none, url }, undefined)).toEqual([{ id: "tiles.example.org", url }]);
    expect(sourcesToResume(all, none, config)).toEqual([{ id: "topo", url }]);
  });

  it("are not those of another map", () => {
    expect(() => sourcesToResume(all, { ...none, url }, undefined)).toThrow(
      new UsageError(
        '--url is that of source "tiles.example.org", but the tiles are of source "topo". If it is the same map at another address, say so with --source "topo".',
      ),
    );
    expect(() => sourcesToResume(all, { ...none, url: `${url}?v=2` }, undefined)).toThrow(/^--url has the field "v"/);
  });

  it("have to be said", () => {
    const missing =
      "Download abc1 is of source \"topo\", and there is no configuration file. Say where its tiles come from: the same command with --url 'https://…/{z}/{x}/{y}.png'.";
    expect(() => sourcesToResume(all, none, undefined)).toThrow(new UsageError(missing));
    expect(() => sourcesToResume([download("a", "sat")], none, config)).toThrow(
      /of source "sat", and c\.json does not have it/,
    );
    expect(() => sourcesToResume([...all, download("a", "sat")], { ...none, url }, undefined)).toThrow(
      /^--url is that of one source/,
    );
    expect(() => sourcesToResume(all, { ...none, url, source: "sat" }, undefined)).toThrow(
      '--source is "sat", but the download is of source "topo".',
    );
  });
});

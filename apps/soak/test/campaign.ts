import { setTimeout } from "node:timers/promises";
import { coverOf, type DownloadProgress, rectangle, toDownloadable } from "@fmtc/core";
import { expect } from "vitest";
import { startChild } from "./child.ts";
import type { Dice } from "./dice.ts";
import { pathOf } from "./source.ts";
import { type StoredState, storedState } from "./stored-state.ts";
import type { Task } from "./task.ts";
import type { RequestCounts, Stats, TileServer } from "./tile-server.ts";

const BUFFER = 40;
const PARALLEL = 8;
const LONGEST_LIFE_MS = 400;
/** As many as one wants to read of those that are wrong. */
const FEW = 10;

/** A thousand tiles, more or less. */
const region = toDownloadable(rectangle({ north: 60, south: 36, west: -10, east: 26 }), {
  minZoom: 0,
  maxZoom: 8,
  source: "world",
});
const cover = coverOf(region);
const everyPath = new Set([...cover].map(pathOf));

export interface Round {
  readonly wasKilled: boolean;
  /** How the download ended; undefined as long as it goes on. */
  readonly end: DownloadProgress | "untold" | undefined;
}

/** One download in a database of its own, whose processes are killed until one comes to its end. */
export class Campaign {
  readonly #server: TileServer;
  readonly #task: Task;
  readonly #dice: Dice;
  #state: StoredState = { stored: new Set(), finished: undefined, failed: new Map() };
  #asked: Stats["tiles"] = {};
  #kills = 0;

  constructor(server: TileServer, database: string, dice: Dice) {
    this.#server = server;
    this.#dice = dice;
    // What is there is not looked up: the record alone keeps tiles from being asked for again.
    const options = { buffer: BUFFER, parallel: PARALLEL, retries: 1, skipExisting: false };
    this.#task = { database, url: server.url, what: "download", id: "campaign", region, options };
  }

  /** Lets a process go on for a while, and kills it. */
  async round(): Promise<Round> {
    const child = startChild(this.#task);
    if (this.#dice.chance(0.8)) await child.tells("running");
    await Promise.race([setTimeout(this.#dice.below(LONGEST_LIFE_MS)), child.ended]);
    child.signal("SIGKILL");
    const how = await child.ended;
    if (how === 0) return { wasKilled: false, end: (await child.tells("done")).progress };
    expect(how).toBe("SIGKILL");
    this.#kills += 1;
    await this.#compare();
    const { finished, stored } = this.#state;
    // It was through, and killed before it could say so.
    const isOver = finished === undefined && stored.size > 0;
    return { wasKilled: true, end: isOver ? "untold" : undefined };
  }

  /** Lets a process run to its end. */
  async finish(what: Task["what"] = "download"): Promise<DownloadProgress> {
    const child = startChild({ ...this.#task, what });
    const { progress } = await child.tells("done");
    expect(await child.ended).toBe(0);
    return progress;
  }

  /** Once the server is well again, what has failed is asked for, once each, and nothing else is. Returns how many. */
  async expectRetried(): Promise<number> {
    const { failed } = await storedState(this.#task.database, this.#task.id, cover);
    if (failed.size === 0) return 0;
    const faults = await this.#server.heal();
    await this.#server.forgetStats();
    await this.expectComplete(await this.finish("retry"));
    const { tiles } = await this.#server.stats();
    expect(new Set(Object.keys(tiles))).toEqual(new Set(failed.keys()));
    expect(Object.values(tiles).filter(({ requests }) => requests !== 1)).toEqual([]);
    await this.#server.change(faults);
    return failed.size;
  }

  /** What the killed process has left, beside what was there before it. */
  async #compare(): Promise<void> {
    const before = this.#state;
    const asked = this.#asked;
    const after = await storedState(this.#task.database, this.#task.id, cover);
    const { tiles } = await this.#server.stats();
    const rose = (count: keyof RequestCounts) =>
      Object.entries(tiles).flatMap(([path, counts]) => (counts[count] > (asked[path]?.[count] ?? 0) ? [path] : []));

    const settled = settledOf(before);
    const askedAgain = rose("requests").filter((path) => settled.has(path));
    expect(askedAgain.slice(0, FEW), "tiles that were safe and asked for again").toEqual([]);
    expect(onlyIn(settled, after.stored), "tiles that were safe and are gone").toEqual([]);
    expect(onlyIn(settledOf(after), after.stored), "tiles that are finished and not there").toEqual([]);
    expect(onlyIn(after.stored, settledOf(after)), "tiles that are there and not finished").toEqual([]);
    const lost = rose("ok").filter((path) => !after.stored.has(path));
    expect(lost.length, "tiles that came for nothing").toBeLessThanOrEqual(BUFFER + PARALLEL);
    this.#state = after;
    this.#asked = tiles;
  }

  /** The end: each tile is there, or has failed. */
  async expectComplete(end: DownloadProgress | "untold"): Promise<void> {
    const { stored, failed, finished } = await storedState(this.#task.database, this.#task.id, cover);
    expect(onlyIn(everyPath, new Set([...stored, ...failed.keys()])), "tiles that were left out").toEqual([]);
    expect(stored.size + failed.size).toBe(everyPath.size);
    if (end !== "untold") {
      expect(end).toMatchObject({ stored: stored.size, failed: failed.size, max: everyPath.size, retryQueued: 0 });
    }
    // Nobody needs the record of a download that is through with every tile.
    expect(finished).toEqual(failed.size === 0 ? undefined : everyPath);
    const { tiles } = await this.#server.stats();
    const twice = [...everyPath].reduce((sum, path) => sum + Math.max(0, (tiles[path]?.ok ?? 0) - 1), 0);
    expect(twice, `tiles that came twice, with ${this.#kills} kills`).toBeLessThanOrEqual(
      this.#kills * (BUFFER + PARALLEL),
    );
  }
}

/** The tiles that are done with, and have not failed. Without a record there is nothing more to be done. */
function settledOf({ finished, stored, failed }: StoredState): ReadonlySet<string> {
  return finished === undefined ? stored : new Set([...finished].filter((path) => !failed.has(path)));
}

/** A few of the paths that one has and the other lacks. */
function onlyIn(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((path) => !other.has(path)).slice(0, FEW);
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore, type SqliteStore } from "@fmtc/store-sqlite";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import { startTileServer, type TileServer } from "../tile-server.ts";
import { type Ended, fmtc, type Running, startFmtc } from "./fmtc.ts";

export const AROUND = ["--circle", "51.5074,-0.1278,5km"];
export const CIRCLE = [...AROUND, "--zooms", "8-14"];
/** How many there are in the circle. */
export const TILES = 78;
/** Slow enough to be interrupted. Sea tiles are not sought, so that requests can be counted. */
export const SLOWLY = ["--rate", "40", "--buffer", "1", "--keep-sea"];

/** A tile server, and for each test a folder of its own to give commands in. */
export class Workshop {
  #cwd = "";
  #server: TileServer | undefined;

  constructor() {
    beforeAll(async () => {
      this.#server = await startTileServer();
    });
    afterAll(() => this.server.stop());
    beforeEach(async () => {
      const cwd = await mkdtemp(join(tmpdir(), "fmtc-commands-"));
      this.#cwd = cwd;
      await this.server.set({});
      return () => rm(cwd, { recursive: true });
    });
  }

  get cwd(): string {
    return this.#cwd;
  }

  get server(): TileServer {
    if (this.#server === undefined) throw new Error("The server has not started.");
    return this.#server;
  }

  readonly run = (...args: string[]): Promise<Ended> => fmtc(args, { cwd: this.cwd });

  /** The last line of standard output, read. */
  readonly json = async (...args: string[]) => {
    const { code, stdout, stderr } = await this.run(...args, "--json");
    return { code, stderr, value: JSON.parse(stdout.trim().split("\n").at(-1) ?? "") };
  };

  /** The words that download the circle. */
  readonly download = (...args: string[]): string[] => {
    const words = ["download", "hiking", ...CIRCLE, "--url", this.server.tiles, "--db", "tiles.db"];
    return withoutFirst("--zooms", withoutFirst("--url", [...words, ...args]));
  };

  /** Looks into the file, by the store's own means. */
  readonly inFile = async <T>(look: (store: SqliteStore) => Promise<T>): Promise<T> => {
    const store = await openSqliteStore(join(this.cwd, "tiles.db"));
    try {
      return await look(store);
    } finally {
      await store.close();
    }
  };

  /** A download that has begun to write, a tile at a time. */
  readonly begun = async (...args: string[]): Promise<Running> => {
    const running = startFmtc(this.download("--json", ...SLOWLY, ...args), { cwd: this.cwd });
    let said = "";
    running.child.stdout?.on("data", (text: string) => {
      said += text;
    });
    await vi.waitFor(() => expect(said).toMatch(/"flushed":[1-9]/), { timeout: 20_000 });
    return running;
  };

  readonly interrupted = async (signal: NodeJS.Signals, ...args: string[]): Promise<Ended> => {
    const { child, ended } = await this.begun(...args);
    child.kill(signal);
    return ended;
  };
}

/** An option that is given later instead: some cannot be given twice. */
function withoutFirst(option: string, words: string[]): string[] {
  const at = words.indexOf(option);
  return at === words.lastIndexOf(option) ? words : words.toSpliced(at, 2);
}

import { expect } from "vitest";
import type { Cover } from "../../src/index.ts";
import type { OracleCover } from "./descend.ts";

export function keysOf(cover: Cover): string[] {
  return Array.from(cover, ({ z, x, y }) => `${z}/${x}/${y}`);
}

/** Compares covers with oracles tile by tile, and counts the tiles that rounding leaves undecided. */
export class Agreement {
  private tiles = 0;
  private undecided = 0;

  expect(cover: Cover, oracle: OracleCover): void {
    const keys = keysOf(cover);
    const own = new Set(keys);
    expect({
      surplus: keys.filter((key) => !oracle.tiles.has(key) && !oracle.undecided.has(key)),
      missing: [...oracle.tiles].filter((key) => !own.has(key)),
    }).toEqual({ surplus: [], missing: [] });
    this.tiles += keys.length;
    this.undecided += oracle.undecided.size;
  }

  /** Undecided tiles are passed over, so they have to be rare. */
  expectFewUndecided(): void {
    expect(this.tiles).toBeGreaterThan(0);
    expect(this.undecided / this.tiles).toBeLessThan(1e-3);
  }
}

import type { TileEvent } from "@fmtc/core";
import { expect, it } from "vitest";
import { Heard } from "../../src/follow/heard.ts";

const tile = { z: 1, x: 0, y: 0, index: 1, wasThere: false, bytes: 0, attempts: 1 };
const again: TileEvent = { ...tile, outcome: "retrying", reason: "request", detail: "status 500" };
const stored: TileEvent = { ...tile, outcome: "stored", bytes: 100, attempts: 2 };

it("no longer says why tiles were tried again once they have come", () => {
  const heard = new Heard();
  expect(heard.problem(0)).toBeUndefined();
  heard.add(again);
  expect(heard.problem(0)).toBe("status 500");
  heard.add(stored);
  expect(heard.problem(1)).toBe("status 500");
  expect(heard.problem(0)).toBeUndefined();
});

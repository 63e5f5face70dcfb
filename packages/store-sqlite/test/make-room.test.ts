import { StoreFullError } from "@fmtc/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../src/connection.ts";
import { roomFor } from "../src/make-room.ts";
import { opened, testPath } from "./opened.ts";

vi.mock("../src/room-to-grow.ts", async (importOriginal) => ({
  ...(await importOriginal<typeof import("../src/room-to-grow.ts")>()),
  hasRoomToGrow: () => false,
}));

/** A database on a full disk, and a write that finds its room taken so many times. */
async function onFullDisk({ taken }: { readonly taken: number }) {
  const path = testPath();
  await opened(path, { worker: false });
  const connection = connect(path, { busyTimeoutMs: 1_000 });
  onTestFinished(() => connection.close());
  const reserve = { growTo: () => true, shrinkTo: vi.fn(), giveUp: vi.fn(), leave: () => {} };
  let writes = 0;
  const write = () => {
    writes += 1;
    if (writes <= taken) throw new StoreFullError("There is no room left.");
    return "written";
  };
  return { room: roomFor(connection, path, reserve), reserve, write, writes: () => writes };
}

test("a removal tries again when others have taken the room that the reserve had kept, but not for ever", async () => {
  const sometimes = await onFullDisk({ taken: 4 });
  expect(sometimes.room.within(sometimes.write)).toBe("written");
  const always = await onFullDisk({ taken: Infinity });
  expect(() => always.room.within(always.write)).toThrow(StoreFullError);
  expect(always.writes()).toBe(6);
});

test("what makes the database larger leaves the reserve where it is", async () => {
  const { room, reserve, write } = await onFullDisk({ taken: Infinity });
  expect(() => room.besideReserve(write)).toThrow(StoreFullError);
  expect(reserve.giveUp).not.toHaveBeenCalled();
});

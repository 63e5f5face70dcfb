import { expect, it } from "vitest";
import { Door } from "../src/http/door.ts";

/** A port that writes down what is done to it, each of which takes a turn. */
function recordingPort() {
  const done: string[] = [];
  const step = (what: string) => async () => {
    done.push(`${what}…`);
    await Promise.resolve();
    done.push(what);
  };
  return { done, port: 0, certificate: undefined, shut: step("shut"), reopen: step("reopen") };
}

it("does one thing after the other, and the last word counts", async () => {
  const port = recordingPort();
  const door = new Door(port);
  await Promise.all([door.setOffline(true), door.setOffline(false), door.setOffline(true)]);
  expect(door.isShut).toBe(true);
  expect(port.done).toEqual(["shut…", "shut"]);
  await Promise.all([door.setOffline(false), door.setOffline(false)]);
  expect(port.done.slice(2)).toEqual(["reopen…", "reopen"]);
});

it("stays shut while there is a reason for it", async () => {
  const port = recordingPort();
  const door = new Door(port);
  await door.refuseFor(3_600_000);
  await door.setOffline(true);
  await door.endOutage();
  expect(door.isShut).toBe(true);
  await door.setOffline(false);
  expect(door.isShut).toBe(false);
  await door.refuseFor(3_600_000);
  await door.close();
  expect([door.isShut, port.done.filter((what) => what === "reopen").length]).toEqual([true, 1]);
});

it("tries again after it could not be opened", async () => {
  const port = recordingPort();
  let isTaken = true;
  const reopen = async () => {
    if (isTaken) throw new Error("taken");
    await port.reopen();
  };
  const door = new Door({ ...port, reopen });
  await door.setOffline(true);
  await expect(door.setOffline(false)).rejects.toThrow("taken");
  isTaken = false;
  await door.setOffline(false);
  expect(port.done.at(-1)).toBe("reopen");
});

import { EventEmitter, once } from "node:events";
import { expect, it } from "vitest";
import { changeFaults } from "../src/control/change-faults.ts";
import { FaultState } from "../src/faults/fault-state.ts";
import { NO_FAULTS } from "../src/faults/faults.ts";
import { Door } from "../src/http/door.ts";
import { Turns } from "../src/turns.ts";

it("keeps each of the changes that come while the port is being opened", async () => {
  const port = new EventEmitter();
  const reopen = async () => {
    const opened = once(port, "opened");
    port.emit("opening");
    await opened;
  };
  const door = new Door({ port: 0, certificate: undefined, shut: async () => {}, reopen });
  await door.setOffline(true);
  const faults = new FaultState({ ...NO_FAULTS, offline: true });
  const service = { faults, door, changes: new Turns() };
  const answers: object[] = [];
  const patch = (body: object) =>
    changeFaults(
      { method: "PATCH", readBody: async () => JSON.stringify(body) },
      service,
      "control",
      async (_, value) => {
        answers.push(value);
        return { isComplete: true, bytes: 0 };
      },
    );

  const opening = once(port, "opening");
  const changes = [patch({ offline: false }), patch({ seed: 7 })];
  await opening;
  port.emit("opened");
  await Promise.all(changes);
  expect(answers).toEqual([NO_FAULTS, { ...NO_FAULTS, seed: 7 }]);
  expect(faults.current).toEqual({ ...NO_FAULTS, seed: 7 });
});

import type { Faults } from "../faults/faults.ts";
import { parseFaults } from "../faults/parse-faults.ts";
import { readObject } from "../faults/read-json.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Delivery } from "../http/send.ts";
import type { Service } from "../http/service.ts";
import { readBodyAsJson } from "./read-body-as-json.ts";

type Asking = Pick<Exchange, "method" | "readBody">;

/**
 * Sets the faults that a request asks for, moves the map's port along, and answers. A port that cannot be opened leaves
 * the faults as they were.
 */
export async function changeFaults(
  exchange: Asking,
  { faults, door, changes }: Pick<Service, "faults" | "door" | "changes">,
  port: "map" | "control",
  reply: (status: number, value: Faults) => Promise<Delivery>,
): Promise<void> {
  const change = await readChange(exchange);
  await changes.take(async () => {
    const wanted = change.from(faults);
    const moveDoor = async () => {
      if (change.setsOffline) await door.setOffline(wanted.offline);
    };
    // Whoever asks through the door that is going to be shut gets the answer first. Shutting it cannot fail.
    const shutsOwnDoor = port === "map" && wanted.offline;
    if (!shutsOwnDoor) await moveDoor();
    faults.set(wanted);
    await reply(200, wanted);
    if (shutsOwnDoor) await moveDoor();
  });
}

interface Change {
  readonly from: (faults: Service["faults"]) => Faults;
  /** Whether it says if the server is offline. What does not goes on working while another program has the port. */
  readonly setsOffline: boolean;
}

/** PUT replaces all faults, PATCH some, DELETE returns to those the server was started with. */
async function readChange(exchange: Asking): Promise<Change> {
  if (exchange.method === "DELETE") return { from: ({ initial }) => initial, setsOffline: true };
  const given = readObject(await readBodyAsJson(exchange), "faults");
  if (exchange.method === "PUT") return { from: () => parseFaults(given), setsOffline: true };
  return { from: ({ current }) => parseFaults(given, current), setsOffline: Object.hasOwn(given, "offline") };
}

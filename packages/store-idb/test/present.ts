import { openIdbStore } from "../src/index.ts";

// In a worker or a frame of its own: makes an owner known and tells its name. The name of the database is its own.
const { presence } = await openIdbStore(self.name);
const entered = await presence?.enter();
if (typeof document === "undefined") postMessage(entered?.owner);
else parent.postMessage(entered?.owner);

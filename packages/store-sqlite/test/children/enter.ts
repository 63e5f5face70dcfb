import { openSqliteStore } from "../../src/index.ts";

// Makes an owner known, prints its name, and stays: path.
const [path = ""] = process.argv.slice(2);
const store = await openSqliteStore(path);
const self = await store.presence?.enter();
console.log(self?.owner);
setInterval(() => {}, 60_000);

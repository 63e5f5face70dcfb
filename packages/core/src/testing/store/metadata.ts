import { equal } from "../assert.ts";
import { scenariosOf } from "../scenario.ts";

export const metadata = scenariosOf("metadata", {
  "set-adds-replaces-and-leaves-the-others": async ({ store }) => {
    await store.stores.create("a");
    await store.metadata.set("a", { colour: "red", size: "small" });
    await store.metadata.set("a", { size: "large", note: "" });
    await store.metadata.set("a", {});
    equal(await store.metadata.read("a"), { colour: "red", size: "large", note: "" });
  },

  "remove-takes-one-entry-and-returns-what-it-held": async ({ store }) => {
    await store.stores.create("a");
    await store.metadata.set("a", { colour: "red", size: "small", note: "" });
    equal(await store.metadata.remove("a", "colour"), "red");
    equal(await store.metadata.remove("a", "colour"), undefined);
    equal(await store.metadata.remove("a", "note"), "");
    equal(await store.metadata.read("a"), { size: "small" });
  },

  "reset-removes-all-entries-of-one-store": async ({ store }) => {
    await store.stores.create("a");
    await store.stores.create("b");
    await store.metadata.set("a", { colour: "red", size: "small" });
    await store.metadata.set("b", { colour: "blue" });
    await store.metadata.reset("a");
    equal(await store.metadata.read("a"), {});
    equal(await store.metadata.read("b"), { colour: "blue" });
    await store.metadata.set("a", { colour: "green" });
    equal(await store.metadata.read("a"), { colour: "green" });
  },

  "deleted-store-leaves-none-to-its-successor": async ({ store }) => {
    await store.stores.create("a");
    await store.metadata.set("a", { colour: "red" });
    equal(await store.metadata.read("a"), { colour: "red" });
    await store.stores.delete("a");
    await store.stores.create("a");
    equal(await store.metadata.read("a"), {});
  },

  "many-entries-at-once": async ({ store }) => {
    await store.stores.create("a");
    const entries = Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`key ${i}`, `value ${i}`]));
    await store.metadata.set("a", entries);
    equal(await store.metadata.read("a"), entries);
  },
});

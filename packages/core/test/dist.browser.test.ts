import { expect, it } from "vitest";
import * as source from "../src/index.ts";

it("the build loads in Chromium, offers what the source offers and leaves no global behind", async () => {
  const globals = Object.getOwnPropertyNames(globalThis);
  const url = new URL("../dist/index.js", import.meta.url).href;
  const build: typeof source = await import(/* @vite-ignore */ url);
  expect(Object.keys(build).sort()).toEqual(Object.keys(source).sort());
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(globals);
  expect(build.parseRegion(build.circle({ lat: 47, lng: 8 }, 1000))).toEqual(source.circle({ lat: 47, lng: 8 }, 1000));
});

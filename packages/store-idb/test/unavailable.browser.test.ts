import { StoreUnavailableError } from "@fmtc/core";
import { openDB } from "idb";
import { expect, it, onTestFinished } from "vitest";
import { rejectionOf, testDatabase } from "./test-database.ts";

it("leaves a database alone that is not its own", async () => {
  const { name, connect } = testDatabase();
  const foreign = await openDB(name, 1, { upgrade: (database) => void database.createObjectStore("notes") });
  await foreign.put("notes", "text", "key");
  foreign.close();
  const error = await rejectionOf(connect());
  expect(error).toSatisfy(StoreUnavailableError.isInstance);
  expect(String(error)).toMatch(/holds something else.*Choose another name/);
  const again = await openDB(name, 1);
  onTestFinished(() => again.close());
  expect(await again.get("notes", "key")).toBe("text");
});

// A frame without an origin of its own has no storage, as sites have none in windows that do not allow it.
it("says what to do where the browser allows no storage", async () => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  const module = new URL("./opaque-origin.ts", import.meta.url).href;
  frame.srcdoc = `<script type="module" src="${module}"></script>`;
  const answer = new Promise<unknown>((resolve) => {
    addEventListener("message", ({ source, data }) => source === frame.contentWindow && resolve(data));
  });
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  expect(await answer).toMatchObject({
    isUnavailable: true,
    message: expect.stringMatching(/cannot be opened \(SecurityError.*allow this site to store data/),
  });
});

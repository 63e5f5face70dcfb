import { of } from "rxjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SourceServer } from "../../src/serve/source-server.ts";

const MOST_BELIEVED = 10_000;
const MINUTE_MS = 60_000;

/** A server that has nothing. */
function emptyServer(): SourceServer {
  const response = { status: 404, headers: {}, body: new Uint8Array() };
  const transport = { request: () => of(response), close: async () => {} };
  const source = { id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}.png" };
  return new SourceServer(source, transport, new AbortController().signal);
}

const tileAt = (x: number) => ({ source: "topo", z: 20, x, y: 0 });

describe("what a server has said it lacks", () => {
  afterEach(() => void vi.useRealTimers());

  it("is believed for a minute, and for another one when it says so again", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 0 });
    const server = emptyServer();
    await server.fetch(tileAt(0), undefined);
    vi.setSystemTime(MINUTE_MS - 1);
    expect(server.expected(tileAt(0))).toMatchObject({ status: 404 });
    vi.setSystemTime(MINUTE_MS);
    expect(server.expected(tileAt(0))).toBeUndefined();
    await server.fetch(tileAt(0), undefined);
    vi.setSystemTime(2 * MINUTE_MS - 1);
    expect(server.expected(tileAt(0))).toMatchObject({ status: 404 });
  });

  it("is forgotten from the oldest on when it is much", async () => {
    const server = emptyServer();
    await server.fetch(tileAt(0), undefined);
    for (let x = 1; x < MOST_BELIEVED - 1; x++) await server.fetch(tileAt(x), undefined);
    // Said again, it is the newest.
    await server.fetch(tileAt(0), undefined);
    await server.fetch(tileAt(MOST_BELIEVED - 1), undefined);
    expect(server.expected(tileAt(1))).toMatchObject({ status: 404 });
    await server.fetch(tileAt(MOST_BELIEVED), undefined);
    expect(server.expected(tileAt(0))).toMatchObject({ status: 404 });
    expect(server.expected(tileAt(1))).toBeUndefined();
    expect(server.expected(tileAt(2))).toMatchObject({ status: 404 });
    expect(server.expected(tileAt(MOST_BELIEVED))).toMatchObject({ status: 404 });
  });
});

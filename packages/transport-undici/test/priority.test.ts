import type { ServerResponse } from "node:http";
import type { Http2SecureServer } from "node:http2";
import type { Transport, TransportRequest } from "@fmtc/core";
import { Agent } from "undici";
import { expect, it, onTestFinished } from "vitest";
import { certificate, serve, serveHttp2, serveHttps } from "./servers.ts";
import { fetchBy, transportWith } from "./transports.ts";

/** Answers one request at a time, the first only when all have been asked for. */
function oneByOne() {
  const order: string[] = [];
  const started = Promise.withResolvers<void>();
  let first: ServerResponse | undefined;
  return {
    order,
    started: started.promise,
    begin: () => first?.end(),
    listener: ({ url = "" }: { url?: string | undefined }, response: ServerResponse) => {
      order.push(url.slice(1));
      if (first !== undefined) return response.end();
      first = response;
      return started.resolve();
    },
  };
}

const PRIORITIES: Readonly<Record<string, TransportRequest["priority"]>> = { I: "interactive", B: "bulk" };

function fetchAll(transport: Transport, url: string, names: readonly string[]) {
  return names.map((name) => fetchBy(transport, { url: url + name, priority: PRIORITIES[name.charAt(0)] }));
}

it.each([
  ["http", serve],
  ["https", serveHttps],
])("over %s, what somebody waits to see passes what is fetched in bulk", async (_, start) => {
  const { order, started, begin, listener } = oneByOne();
  const { url } = await start(listener);
  const transport = transportWith({ connections: 1, tls: { ca: certificate } });
  const all = fetchAll(transport, url, ["B0", "B1", "B2", "default", "I1", "B3", "I2"]);
  await started;
  begin();
  await Promise.all(all);
  expect(order).toEqual(["B0", "I1", "I2", "B1", "B2", "default", "B3"]);
});

it("over HTTP/2, too, whatever comes while the server takes no more", async () => {
  const order: string[] = [];
  const started = Promise.withResolvers<() => void>();
  const listen = (server: Http2SecureServer) => {
    server.on("stream", (stream, headers) => {
      order.push(`${headers[":path"]}`.slice(1));
      if (order.length > 1) stream.end("tile");
      else started.resolve(() => stream.end("tile"));
    });
  };
  const { url } = await serveHttp2(listen, { maxConcurrentStreams: 1 });
  const transport = transportWith({ tls: { ca: certificate } });
  const bulk = fetchAll(transport, url, ["B0", "B1", "B2", "B3", "B4"]);
  const begin = await started.promise;
  const interactive = fetchAll(transport, url, ["I1", "I2"]);
  begin();
  await Promise.all([...bulk, ...interactive]);
  // One more may be with undici already, which learns only then how many the server takes.
  expect(order.filter((name) => name !== "B1")).toEqual(["B0", "I1", "I2", "B2", "B3", "B4"]);
});

it("leaves the line when nobody waits any more", async () => {
  const { order, started, begin, listener } = oneByOne();
  const { url } = await serve(listener);
  const agent = new Agent();
  onTestFinished(() => agent.close());
  const dispatched: string[] = [];
  const dispatch: Agent["dispatch"] = (options, handler) => {
    dispatched.push(options.path.slice(1));
    return agent.dispatch(options, handler);
  };
  const transport = transportWith({ connections: 1, dispatcher: { dispatch } });
  const [first] = fetchAll(transport, url, ["B0"]);
  const givenUp = (["bulk", "interactive"] as const).map((priority) =>
    transport.request({ url: `${url}given-up`, priority }).subscribe(),
  );
  const [last] = fetchAll(transport, url, ["B1"]);
  await started;
  for (const each of givenUp) each.unsubscribe();
  begin();
  await Promise.all([first, last]);
  expect(order).toEqual(["B0", "B1"]);
  expect(dispatched).toEqual(["B0", "B1"]);
});

it("does not let one server's line hold up another's", async () => {
  const slow = await serve(() => {});
  const quick = await serve((_, response) => response.end());
  const transport = transportWith({ connections: 1 });
  const stuck = [1, 2].map(() => fetchBy(transport, { url: slow.url }));
  for (const each of stuck) each.catch(() => {});
  expect(await fetchBy(transport, { url: quick.url })).toMatchObject({ status: 200 });
});

it("asks for more than one on a connection only when it may", async () => {
  const waiting: ServerResponse[] = [];
  const { url, connections } = await serve((_, response) => {
    waiting.push(response);
    // Node takes requests of one connection in turn, and tells of each when it has come.
    if (waiting.length === 4) for (const each of waiting) each.end();
  });
  const transport = transportWith({ connections: 2, pipelining: 2 });
  await Promise.all(fetchAll(transport, url, ["B1", "B2", "B3", "B4"]));
  expect(connections()).toBe(2);
});

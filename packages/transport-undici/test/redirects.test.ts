import type { IncomingHttpHeaders } from "node:http";
import { expect, it } from "vitest";
import { certificate, serve, serveHttps } from "./servers.ts";
import { failure, fetchBy, get, textOf, transportWith } from "./transports.ts";

const redirect = (location: string, status = 302) => [status, { Location: location }] as const;

it.each([301, 302, 303, 307, 308])("follows %i, to relative locations too", async (status) => {
  const { url } = await serve((request, response) => {
    if (request.url === "/a/start?x") response.writeHead(...redirect("../b/end?y", status)).end("moved");
    else response.end(`at ${request.url}`);
  });
  expect(textOf(await get({ url: `${url}a/start?x` }))).toBe("at /b/end?y");
});

it("leaves other answers alone, even those with a location", async () => {
  const { url } = await serve((request, response) => {
    response.writeHead(Number(request.url?.slice(1)), { Location: "/elsewhere" }).end("here");
  });
  const transport = transportWith();
  for (const status of [200, 201, 300, 305, 404]) {
    expect(await fetchBy(transport, { url: url + status })).toMatchObject({ status });
  }
});

it("takes a redirect without a location for the response", async () => {
  const { url } = await serve((_, response) => response.writeHead(302).end("lost"));
  expect(await get({ url })).toMatchObject({ status: 302 });
});

it("follows five in a row and not six", async () => {
  const { url } = await serve((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end("there");
    else response.writeHead(...redirect(`/${left - 1}`)).end();
  });
  expect(textOf(await get({ url: `${url}5` }))).toBe("there");
  await expect(get({ url: `${url}6` })).rejects.toEqual(failure("redirect", /again and again/));
});

it("does not run in circles", async () => {
  let requests = 0;
  const { url } = await serve((request, response) => {
    requests += 1;
    response.writeHead(...redirect(request.url === "/a" ? "/b" : "/a")).end();
  });
  await expect(get({ url: `${url}a` })).rejects.toEqual(failure("redirect"));
  expect(requests).toBe(6);
});

it("follows from http to https, and never back", async () => {
  const plain = await serve((_, response) => response.end("read along"));
  const secure = await serveHttps((request, response) => {
    if (request.url === "/down") response.writeHead(...redirect(`${plain.url}key=SECRET`)).end();
    else response.end("secure");
  });
  const up = await serve((_, response) => response.writeHead(...redirect(secure.url)).end());
  const transport = transportWith({ tls: { ca: certificate } });
  expect(textOf(await fetchBy(transport, { url: up.url }))).toBe("secure");
  await expect(fetchBy(transport, { url: `${secure.url}down` })).rejects.toEqual(failure("redirect", /^[^/]*$/));
  expect(plain.connections()).toBe(0);
});

it.each(["file:///etc/passwd", "data:image/png,x", "javascript:alert(1)", "http://", "http://[::"])(
  "does not follow to %s",
  async (location) => {
    const { url } = await serve((_, response) => response.writeHead(...redirect(location)).end());
    await expect(get({ url })).rejects.toEqual(failure("redirect"));
  },
);

it("tells another server who asks, and none of the source's secrets", async () => {
  const seen: IncomingHttpHeaders[] = [];
  const listen = (next: () => string) =>
    serve((request, response) => {
      seen.push(request.headers);
      if (request.url === "/end") response.end();
      else response.writeHead(...redirect(next())).end();
    });
  const back = await listen(() => `${first.url}end`);
  const other = await listen(() => back.url);
  const first = await listen(() => (seen.length < 2 ? "/again" : other.url));
  const harmless = { accept: "image/webp", "if-none-match": '"1"', referer: "https://app.example/" };
  const secret = { authorization: "Bearer SECRET", cookie: "SECRET", "x-api-key": "SECRET", host: "vhost.example" };
  await get({ url: first.url, headers: { ...harmless, ...secret } });

  const userAgent = expect.stringMatching(/^fmtc-test\/1\.0 fmtc\//);
  expect(seen).toHaveLength(5);
  for (const headers of seen) expect(headers).toMatchObject({ ...harmless, "user-agent": userAgent });
  for (const headers of seen.slice(0, 2)) expect(headers).toMatchObject(secret);
  for (const headers of seen.slice(2)) {
    expect(JSON.stringify(headers)).not.toContain("SECRET");
    expect(headers.host).toMatch(/^127\.0\.0\.1:/);
  }
});

it("stops following when nobody listens any more", async () => {
  const asked = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const { url } = await serve((request, response) => {
    if (request.url === "/") response.writeHead(...redirect("/end")).end();
    else {
      response.on("close", () => aborted.resolve());
      asked.resolve();
    }
  });
  const subscription = transportWith().request({ url }).subscribe();
  await asked.promise;
  subscription.unsubscribe();
  await aborted.promise;
});

it("gives all redirects together no more time than one request has", async () => {
  const { url } = await serve((request, response) => {
    if (request.url === "/") response.writeHead(...redirect("/end")).end();
  });
  await expect(get({ url }, { timeoutMs: 150 })).rejects.toEqual(failure("timeout", /150 ms/));
});

// One side of the benchmark, in a process of its own: each message is a number of tiles to fetch, and is answered with
// the bytes they had. Arguments: which side, how many at a time, and from where.
import { Pool } from "undici";
import { undiciTransport } from "../src/index.ts";

type FetchTile = (path: string, done: (body: Uint8Array) => void) => void;

const [, , side = "", lanesText = "", origin = ""] = process.argv;
const lanes = Number(lanesText);

const SIDES: Readonly<Record<string, () => FetchTile>> = { dispatch: bareDispatch, fetch: plainFetch, transport };

/** The least that can be written on undici: no limits, no redirects, no failures but an end to all. */
function bareDispatch(): FetchTile {
  const pool = new Pool(origin, { connections: lanes });
  return (path, done) => {
    let body = new Uint8Array();
    let offset = 0;
    let length = 0;
    pool.dispatch(
      { path, method: "GET", headers: ["User-Agent", "bench/1.0"] },
      {
        onRequestStart: () => {},
        onResponseStart: (_, __, headers) => {
          length = Number(headers["content-length"]);
        },
        onResponseData: (_, piece) => {
          if (offset === 0) body = new Uint8Array(length);
          body.set(piece, offset);
          offset += piece.length;
        },
        onResponseEnd: () => done(body),
        onResponseError: (_, error) => {
          throw error;
        },
      },
    );
  };
}

function plainFetch(): FetchTile {
  return async (path, done) => {
    const response = await fetch(origin + path, { headers: { "User-Agent": "bench/1.0" } });
    done(new Uint8Array(await response.arrayBuffer()));
  };
}

function transport(): FetchTile {
  const { request } = undiciTransport({ appId: "bench/1.0", connections: lanes });
  return (path, done) => {
    request({ url: origin + path }).subscribe(({ body }) => done(body));
  };
}

const fetchTile = SIDES[side]?.();

/** So many at a time, each lane asking for the next within the event that brings the last. */
function download(tiles: number): void {
  let asked = 0;
  let done = 0;
  let bytes = 0;
  const next = () => {
    if (asked === tiles) return;
    asked += 1;
    fetchTile?.(`/12/${asked}/1362.png`, (body) => {
      bytes += body.length;
      done += 1;
      if (done === tiles) process.send?.(bytes);
      else next();
    });
  };
  for (let lane = 0; lane < lanes; lane++) next();
}

process.on("message", (tiles) => download(Number(tiles)));
process.on("disconnect", () => process.exit());

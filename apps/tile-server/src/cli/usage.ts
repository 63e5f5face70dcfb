import { DEFAULT_OPTIONS } from "../server-options.ts";

export const USAGE = `A tile server of the whole world, for this machine.

  npm run tiles -- [OPTION…]

Where
  --port N                 ${DEFAULT_OPTIONS.port}; 0 for any that is free
  --host ADDRESS           ${DEFAULT_OPTIONS.host}
  --control-port N         of the control endpoint, on this machine only; any that is free
  --http2                  HTTP/2 over TLS, with a certificate of its own making
  --cors open|strict       strict: no CORS headers at all
  --max-age SECONDS        of Cache-Control, ${DEFAULT_OPTIONS.maxAgeSeconds}

What goes wrong (shares are from 0 to 1; /control changes them at run time)
  --seed N                 the same seed repeats a run
  --latency MS             fixed, or 50..300 (even), or 120~0.5 (log-normal: median~sigma)
  --error STATUS=SHARE     may be repeated: --error 500=0.1 --error 404=0.05
  --reset SHARE            connections reset
  --truncate SHARE         bodies that end half-way
  --html SHARE             a page in HTML, with 200
  --blocked SHARE          a picture that says access is blocked, with 200
  --drip BYTES             bodies in drips, so many bytes a second
  --rate-limit N           requests a second; beyond it 429
  --burst N                requests that may come at once
  --retry-after SECONDS    what 429 says, 1
  --offline                nobody listens: connections are refused, until /control on the control port ends it
  --map-version N          another version of the map: other colours, ETags and dates

How it runs
  --throughput             PNG tiles drawn beforehand, served as quickly as Node can
  --log                    a line for each request when it has ended, and the latest of them at /log
  --json                   one line of JSON when it is ready, for programs that start it
  --exit-with-stdin        ends when its standard input does: with the program that started it
  --help

At a terminal: up and down change the latency, q quits.
`;

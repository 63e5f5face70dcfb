import { defer, map, type Observable, of, retry, share, tap, throwError } from "rxjs";
import type { TileCoord } from "../cover/tile-coord.ts";
import type { AttemptContext } from "../download/attempt-context.ts";
import type { HostGate } from "../download/host-gate.ts";
import { learnSea, seaSamplesOf } from "../download/sea.ts";
import { OptionError } from "../errors/option-error.ts";
import { TransportError } from "../errors/transport-error.ts";
import { UnknownSourceError } from "../errors/unknown-source-error.ts";
import { defineSource } from "../source/define-source.ts";
import { policyOf } from "../source/policy-of.ts";
import type { TilePolicy } from "../source/tile-policy.ts";
import type { TileSource } from "../source/tile-source.ts";
import { tileUrls } from "../source/tile-url.ts";
import { gatesOf } from "./gates.ts";

/** A source as a root has it. */
export interface KnownSource {
  readonly source: TileSource;
  readonly policy: TilePolicy;
  /** The door to its servers, shared with all sources there. */
  readonly gate: HostGate;
  readonly urlOf: (tile: TileCoord) => string;
  /** Asks for its samples of sea, once if they are to be had and as long as somebody waits, to know others like them. Never fails. */
  readonly sea$: Observable<(bytes: Uint8Array) => boolean>;
}

type AskingContext = Pick<AttemptContext, "transport" | "scheduler" | "chance">;

/** The sources of a root, by their ids. */
export class Sources {
  readonly #known = new Map<string, KnownSource>();

  constructor(sources: readonly TileSource[], { transport, scheduler, chance }: AskingContext) {
    for (const source of sources) defineSource(source);
    const gates = gatesOf(sources, scheduler);
    for (const source of sources) {
      if (this.#known.has(source.id)) {
        const problem = `has two sources with the id ${JSON.stringify(source.id)}. Give each its own.`;
        throw new OptionError("sources", source.id, problem);
      }
      this.#known.set(source.id, knownSource(source, gates(source), { transport, scheduler, chance }));
    }
  }

  /** @throws UnknownSourceError */
  get(id: string): KnownSource {
    const known = this.#known.get(id);
    if (known === undefined) throw new UnknownSourceError(id, [...this.#known.keys()]);
    return known;
  }
}

function knownSource(source: TileSource, gate: HostGate, { transport, scheduler, chance }: AskingContext): KnownSource {
  const urlOf = tileUrls(source);
  const { headers } = source;
  const samples = seaSamplesOf(source);
  const isOffline = (error: unknown) => TransportError.isInstance(error) && error.kind === "connect" && gate.isOffline;
  const sample = (tile: TileCoord) =>
    gate
      .through(() => transport.request({ url: urlOf(tile), headers }), "bulk", samples.length)
      // The gate holds it until there is a server again.
      .pipe(retry({ delay: (error) => (isOffline(error) ? of(0) : throwError(() => error)) }));
  let known: ((bytes: Uint8Array) => boolean) | undefined;
  const learning$ = defer(() => learnSea(samples, sample, { scheduler, chance })).pipe(
    tap(({ isSea, isSettled }) => {
      if (isSettled) known = isSea;
    }),
    map(({ isSea }) => isSea),
    share(),
  );
  return {
    source,
    policy: policyOf(source),
    gate,
    urlOf,
    sea$: defer(() => (known === undefined ? learning$ : of(known))),
  };
}

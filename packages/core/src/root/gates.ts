import type { SchedulerLike } from "rxjs";
import { HostGate } from "../download/host-gate.ts";
import { hostsOf } from "../source/host-of.ts";
import { policyOf } from "../source/policy-of.ts";
import type { TileSource } from "../source/tile-source.ts";
import { least } from "./least.ts";

/**
 * One gate for all sources that have a server in common, with what the strictest of their policies allows. The subdomains of
 * a source are one operator's, and so are the ports of a server: what one of them asks for holds for all, and for whoever else
 * goes to any of them.
 */
export function gatesOf(sources: readonly TileSource[], scheduler: SchedulerLike): (source: TileSource) => HostGate {
  const gates = new Map<TileSource, HostGate>();
  for (const neighbours of neighbourhoods(sources)) {
    const policies = neighbours.map(policyOf);
    const gate = new HostGate(scheduler, {
      perSecond: least(policies.map(({ tilesPerSecond }) => tilesPerSecond)),
      connections: least(policies.map(({ connections }) => connections)),
    });
    for (const source of neighbours) gates.set(source, gate);
  }
  return (source) => gates.get(source) as HostGate;
}

/** Sources that have a server in common, be it through others. */
function neighbourhoods(sources: readonly TileSource[]): readonly (readonly TileSource[])[] {
  let found: readonly (readonly TileSource[])[] = [];
  for (const source of sources) {
    const isNear = (others: readonly TileSource[]) => others.some((other) => haveServerInCommon(source, other));
    found = [...found.filter((others) => !isNear(others)), [...found.filter(isNear).flat(), source]];
  }
  return found;
}

function haveServerInCommon(one: TileSource, other: TileSource): boolean {
  const servers = serversOf(other);
  return serversOf(one).some((server) => servers.includes(server));
}

/** For paths on the page's own server, that one. */
function serversOf(source: TileSource): readonly string[] {
  const hosts = hostsOf(source);
  return hosts.length === 0 ? [""] : hosts;
}

import { TilePolicyError } from "../errors/tile-policy-error.ts";
import { hostsOf } from "./host-of.ts";
import { knownPolicies } from "./known-policies.ts";
import type { TilePolicy } from "./tile-policy.ts";
import type { TileSource } from "./tile-source.ts";

/** The policy that holds for a source: its own, else that of a server we know, else none that forbids anything. */
export function policyOf(source: TileSource): TilePolicy {
  if (source.policy !== undefined) return source.policy;
  const isOf = (host: string, name: string) => host === name || host.endsWith(`.${name}`);
  const own = hostsOf(source);
  const known = knownPolicies.find(({ hosts }) => hosts.some((name) => own.some((host) => isOf(host, name))));
  return known?.policy ?? { bulk: "allowed" };
}

/** @throws TilePolicyError if the source's operator does not allow a bulk download down to this zoom. */
export function assertBulkAllowed(source: TileSource, maxZoom: number): void {
  const policy = policyOf(source);
  if (policy.bulk === "refused") {
    throw new TilePolicyError(source.id, policy.url, "does not allow tiles to be downloaded in bulk, at any zoom");
  }
  if (policy.maxBulkZoom !== undefined && maxZoom > policy.maxBulkZoom) {
    throw new TilePolicyError(
      source.id,
      policy.url,
      `allows bulk downloads down to zoom ${policy.maxBulkZoom}, and this one goes to ${maxZoom}`,
    );
  }
}

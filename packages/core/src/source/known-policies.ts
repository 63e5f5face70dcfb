import type { TilePolicy } from "./tile-policy.ts";

const DAY_MS = 86_400_000;

/** What the operators of public servers have published, by the end of the host's name. */
export const knownPolicies: readonly { readonly hosts: readonly string[]; readonly policy: TilePolicy }[] = [
  {
    hosts: ["tile.openstreetmap.org", "vector.openstreetmap.org", "tile.osm.org"],
    policy: {
      bulk: "refused",
      minCacheMs: 7 * DAY_MS,
      attribution: "© OpenStreetMap contributors",
      userAgent: "required",
      url: "https://operations.osmfoundation.org/policies/tiles/",
    },
  },
  {
    hosts: ["google.com", "googleapis.com"],
    policy: {
      bulk: "refused",
      url: "https://developers.google.com/maps/documentation/tile/policies",
    },
  },
];

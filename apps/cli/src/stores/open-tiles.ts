import { openRoot, type Root, type TileSource, type TileStore } from "@fmtc/core";
import { TransportOptionError, undiciTransport } from "@fmtc/transport-undici";
import { quoted } from "../files/quoted.ts";
import type { Config } from "../sources/config-file.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { noRequests } from "./no-requests.ts";
import { tellingFailures } from "./telling-failures.ts";

export interface TilesOptions {
  /** Where tiles come from; without any, no request can be made. */
  readonly sources?: readonly TileSource[] | undefined;
  /** The id of a source that tiles are there of, and that is not asked. */
  readonly stored?: string | undefined;
  /** By which an operator can reach the user. */
  readonly contact?: string | undefined;
  /** Is told why a request brings no tile. */
  readonly onFailure?: ((why: string) => void) | undefined;
}

/** A root over a database, which is closed with it; and if it cannot be made. */
export async function openTiles(
  store: TileStore,
  { sources = [], stored, contact, onFailure }: TilesOptions = {},
): Promise<Root> {
  try {
    const asking = sources.length === 0 ? noRequests : transportFor(contact);
    const transport = onFailure === undefined ? asking : tellingFailures(asking, onFailure);
    // A path on a server that there is none of.
    const known = stored === undefined ? sources : [...sources, { id: stored, url: "/{z}/{x}/{y}" }];
    return await openRoot({ store, transport, sources: known });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Requests that say who asks. */
export function transportFor(contact: string | undefined) {
  return undiciTransport({ appId: `fmtc-cli/${version}`, contact });
}

/**
 * By which an operator can reach the user: what the option says, else the configuration file.
 *
 * @throws UsageError if it is neither a URL nor a mail address.
 */
export function contactOf(option: string | undefined, config: Config | undefined): string | undefined {
  const contact = option ?? config?.contact;
  if (contact === undefined) return undefined;
  try {
    void transportFor(contact).close();
    return contact;
  } catch (error) {
    if (!TransportOptionError.isInstance(error)) throw error;
    const where = option === undefined ? `${config?.file}: contact` : "--contact";
    const wanted = "a URL or a mail address, such as https://example.org/about";
    throw new UsageError(`${where} is ${quoted(contact)}, but must be ${wanted}.`);
  }
}

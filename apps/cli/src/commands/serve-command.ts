import { Command } from "@commander-js/extra-typings";
import type { TileSource, TileStore } from "@fmtc/core";
import { firstValueFrom } from "rxjs";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { withInterrupts } from "../follow/with-interrupts.ts";
import { MissingError } from "../missing-error.ts";
import { listed } from "../options/listed.ts";
import { whole } from "../options/whole.ts";
import { formatCount } from "../output/format-count.ts";
import type { Output } from "../output/output.ts";
import { table } from "../output/table.ts";
import { errorReporter } from "../serve/error-reporter.ts";
import { listenProblem } from "../serve/listen-problem.ts";
import { type MapServer, startMapServer } from "../serve/start-map-server.ts";
import type { TileAddress } from "../serve/tile-addresses.ts";
import { readSettings, type Settings } from "../settings.ts";
import { chooseSource } from "../sources/choose-source.ts";
import type { Config } from "../sources/config-file.ts";
import { type SourceOptions, withSourceOptions } from "../sources/source-options.ts";
import { assertStore } from "../stores/assert-store.ts";
import { assertStoreName } from "../stores/assert-store-name.ts";
import { createDatabase, openDatabase } from "../stores/open-database.ts";
import { contactOf, transportFor } from "../stores/open-tiles.ts";
import type { Perform } from "../surroundings.ts";
import { UsageError } from "../usage-error.ts";
import { examples } from "./examples.ts";

const PORT = 8080;
const HOST = "127.0.0.1";
const LOCAL = [HOST, "::1", "localhost"];
const MOST_SHOWN = 20;

interface ServeOptions extends SourceOptions {
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly readThrough?: true | undefined;
  readonly allowOrigin: readonly string[];
}

/** Where a server is to listen, what it gives, and whom it asks. */
interface Wanted {
  readonly stores: readonly string[];
  readonly host: string;
  readonly port: number;
  /** The source that is read through. */
  readonly source: TileSource | undefined;
  readonly contact: string | undefined;
  readonly origins: readonly string[];
}

/** `fmtc serve`: gives the tiles to maps over HTTP. */
export function serveCommand(perform: Perform) {
  const command = new Command("serve")
    .argument("[STORE...]", "stores that are there (default: all)")
    .optionsGroup("Server:")
    .option("--port <N>", `where it listens (default: ${PORT}; 0: any that is free)`)
    .option("--host <ADDRESS>", `whom it listens to (default: ${HOST}, this machine alone; 0.0.0.0: everybody)`)
    .option("--read-through", "asks the source's server for what is missing or stale, and keeps it")
    .option(
      "--allow-origin <ORIGIN>",
      "a site whose pages may have the server asked, too: https://example.org",
      listed,
      [],
    );
  return withSourceOptions(command)
    .usage("[STORE…]")
    .summary("gives the tiles to maps over HTTP")
    .description(
      "Gives the tiles of stores to maps over HTTP, from the file as it is, also while a download writes into it. Its page lists what there is, with URLs to copy. Ctrl-C ends it.",
    )
    .addHelpText(
      "after",
      examples(
        ["fmtc serve hiking", "One store, to maps on this machine:"],
        ["fmtc serve --host 0.0.0.0 --port 3000", "All stores, to everybody on the network:"],
        [
          "fmtc serve hiking --read-through --url 'https://tiles.example.org/{z}/{x}/{y}.png'",
          "And have fetched what is missing when a map asks for it:",
        ],
      ),
    )
    .action((stores, options) =>
      perform(async ({ output, globals, env }) => {
        for (const name of stores) assertStoreName(name);
        assertThatSourceIsOfUse(options);
        const port = whole("--port", options.port, 0, 65_535) ?? PORT;
        if (port === 0 && output.mode === "quiet") {
          throw new UsageError("--quiet says nothing, so nobody would know the port: give a --port other than 0.");
        }
        const settings = await readSettings(globals, env);
        const wanted = {
          stores,
          host: readHost(options.host),
          port,
          source: options.readThrough === true ? chooseSource(options, settings.config) : undefined,
          contact: contactOf(options.contact, settings.config),
          origins: options.allowOrigin.map(readOrigin),
        };
        return serveUntilInterrupted(wanted, settings, output);
      }),
    );
}

async function serveUntilInterrupted(wanted: Wanted, settings: Settings, output: Output): Promise<ExitCode> {
  const { stores, host, port, source, contact, origins } = wanted;
  return withInterrupts(async ({ first$ }) => {
    const isMade = source !== undefined && stores.length > 0;
    const store = isMade ? await createDatabase(settings) : await openDatabase(settings);
    const transport = transportFor(contact);
    try {
      for (const name of stores) await (isMade ? store.stores.create(name) : assertStore(store, name));
      await assertSomething(store);
      const server = await startMapServer({
        store,
        stores: stores.length > 0 ? stores : undefined,
        host,
        port,
        sources: configuredSources(settings.config),
        readThrough: source && { transport, sources: [source], origins },
        report: errorReporter(output),
      });
      try {
        await announce(server, wanted, output);
        await firstValueFrom(first$, { defaultValue: undefined });
      } finally {
        await server.close();
      }
      // To be ended is how a server ends.
      return EXIT.complete;
    } catch (error) {
      const problem = listenProblem(error, host, port);
      if (problem === undefined) throw error;
      output.error(problem.message, { error: problem });
      return EXIT.error;
    } finally {
      await transport.close();
      await store.close();
    }
  });
}

async function announce(server: MapServer, { host, source }: Wanted, output: Output): Promise<void> {
  const { urls } = server;
  const [url] = urls;
  const addresses = await server.addresses();
  const warning = LOCAL.includes(host) ? undefined : warningOf(host, source);
  const value = {
    event: "ready",
    url,
    urls,
    pid: process.pid,
    warning,
    addresses: addresses.map(({ tiles, tileJson, ...of }) => ({ ...of, tiles: url + tiles, tileJson: url + tileJson })),
  };
  output.result(textOf(urls, addresses), value);
  if (warning !== undefined) output.note(warning);
  output.note("Ctrl-C ends it.");
}

function warningOf(host: string, source: TileSource | undefined): string {
  const what = source === undefined ? "read these maps" : `read these maps, and have tiles of ${source.id} fetched`;
  return `Everybody who can reach this machine at ${host} can ${what}.`;
}

function textOf([url, ...otherUrls]: MapServer["urls"], addresses: readonly TileAddress[]): string {
  if (addresses.length === 0) return `${url}/ has no tiles yet.`;
  const rows = addresses.slice(0, MOST_SHOWN).map(({ store, source, tiles }) => [store, source, url + tiles]);
  const more = addresses.length - rows.length;
  const all = more > 0 ? `And ${formatCount(more)} more; all` : "All";
  const pages = [url, ...otherUrls].map((each) => `${each}/`).join(" or ");
  return `${table(rows, ["store", "source", "URL"])}\n\n${all} of it, to look at: ${pages}`;
}

/** For what is known of the sources of tiles that are there, such as their attribution. */
function configuredSources(config: Config | undefined): readonly TileSource[] {
  return (config?.ids ?? []).flatMap((id) => {
    try {
      return config?.source(id) ?? [];
    } catch (error) {
      // Its key is not in the environment. Where it is not asked for tiles, it needs none.
      if (error instanceof UsageError) return [];
      throw error;
    }
  });
}

async function assertSomething(store: TileStore): Promise<void> {
  if ((await store.stores.list()).length > 0) return;
  throw new MissingError(
    'The file has no stores yet: "fmtc download" makes one, and so does --read-through for a STORE.',
  );
}

/** A source that is not asked would be taken for one that is. */
function assertThatSourceIsOfUse(options: ServeOptions): void {
  if (options.readThrough === true) return;
  const { url, source, param, header, allowBulk, contact, allowOrigin } = options;
  const given = {
    url,
    source,
    param: param[0],
    header: header[0],
    "allow-bulk": allowBulk,
    contact,
    "allow-origin": allowOrigin[0],
  };
  const [flag] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (flag !== undefined)
    throw new UsageError(`--${flag} is of use with --read-through alone: nothing is asked for without it.`);
}

function readHost(host: string | undefined): string {
  if (host === undefined) return HOST;
  const address = host.trim().replace(/^\[(.*)\]$/, "$1");
  if (address === "") throw new UsageError("--host is empty: give an address, such as 0.0.0.0 for everybody.");
  return address;
}

function readOrigin(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : "null";
  if (origin !== "null" && [origin, `${origin}/`].includes(text.toLowerCase())) return origin;
  throw new UsageError(
    `--allow-origin is ${JSON.stringify(text.slice(0, 60))}, but must be like https://example.org, without a path.`,
  );
}

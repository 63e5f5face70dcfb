import type { Command, OptionValues } from "@commander-js/extra-typings";
import { listed } from "../options/listed.ts";
import { once } from "../options/once.ts";

/** The options that say where tiles come from, as they are given. */
export interface SourceOptions {
  readonly url?: string | undefined;
  readonly source?: string | undefined;
  readonly param: readonly string[];
  readonly header: readonly string[];
  readonly allowBulk?: true | undefined;
  readonly contact?: string | undefined;
}

/** Which source is meant. */
export type SourceName = Pick<SourceOptions, "url" | "source"> & Partial<Pick<SourceOptions, "param">>;

/** Adds the options of a source to a command. */
export function withSourceOptions<Args extends unknown[], Opts extends OptionValues, Globals extends OptionValues>(
  command: Command<Args, Opts, Globals>,
) {
  return withSourceName(command)
    .option(
      "--param <NAME=VALUE>",
      "what a placeholder of the URL's own stands for, above all a key; never stored",
      listed,
      [],
    )
    .option("--header <'NAME: VALUE'>", "sent with each request; never stored", listed, [])
    .option("--allow-bulk", "the server's operator has agreed to a bulk download")
    .option("--contact <TEXT>", "a URL or mail address, by which the operator can reach you");
}

/** Adds those that say which source it is, to a command that asks it for nothing. */
export function withSourceName<Args extends unknown[], Opts extends OptionValues, Globals extends OptionValues>(
  command: Command<Args, Opts, Globals>,
) {
  return command
    .optionsGroup("Source:")
    .option("--url <TEMPLATE>", "where tiles come from: https://…/{z}/{x}/{y}.png", once("--url"))
    .option("--source <ID>", "a source of the configuration file; beside --url, the name to store its tiles under");
}

import { Command } from "@commander-js/extra-typings";
import { UsageError } from "../usage-error.ts";

interface Helpful {
  readonly name: () => string;
  readonly help: () => never;
}

/** `fmtc help COMMAND`: commander's own shows the help of the whole for a command that is none. */
export function helpCommand(commands: () => readonly Helpful[], whole: Helpful) {
  return new Command("help")
    .argument("[COMMAND]", "which one; without, all of them")
    .usage("[COMMAND]")
    .summary("shows help for a command")
    .action((name) => {
      const named = commands().find((command) => command.name() === name);
      if (name !== undefined && named === undefined) {
        throw new UsageError(`Unknown command '${name}'. fmtc --help shows all commands.`);
      }
      (named ?? whole).help();
    });
}

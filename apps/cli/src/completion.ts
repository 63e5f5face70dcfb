import tab from "@bomb.sh/tab/commander";
import { Command } from "commander";
import { examples } from "./commands/examples.ts";

/** What is known of values that can be typed. */
export interface KnownValues {
  readonly stores: readonly string[];
  readonly downloads: readonly { readonly id: string; readonly about: string }[];
  readonly sources: readonly string[];
}

/** Adds `fmtc completion SHELL`, and the answers to what shells ask. */
export function addCompletion(program: object, known: KnownValues): void {
  // Its class is commander's; only its types are others.
  if (!(program instanceof Command)) throw new TypeError("There are two copies of commander.");
  const { commands } = tab(program, { completionCommandName: "completion" });
  program.commands
    .find((command) => command.name() === "completion")
    ?.usage("SHELL")
    .summary("completion for bash, zsh, fish or PowerShell")
    .description("Prints what makes a shell complete commands, options, stores and downloads of fmtc.")
    .addHelpText(
      "after",
      examples(
        ["echo 'source <(fmtc completion bash)' >> ~/.bashrc", "Bash, from the next terminal on; zsh likewise:"],
        ["fmtc completion fish > ~/.config/fish/completions/fmtc.fish", "Fish:"],
        ["fmtc completion powershell | Out-String | Invoke-Expression", "PowerShell, in this terminal:"],
      ),
    );
  for (const command of commands.values()) {
    for (const argument of command.arguments.values()) {
      if (/^STORE/.test(argument.name)) {
        argument.handler = (complete) => {
          for (const name of known.stores) complete(name, "store");
        };
      }
      if (argument.name === "ID") argument.handler = downloads;
    }
    const download = command.options.get("download");
    if (download !== undefined) download.handler = downloads;
    const source = command.options.get("source");
    if (source !== undefined) {
      source.handler = (complete) => {
        for (const id of known.sources) complete(id, "source");
      };
    }
  }
  function downloads(complete: (value: string, description: string) => void) {
    for (const { id, about } of known.downloads) complete(id, about);
  }
}

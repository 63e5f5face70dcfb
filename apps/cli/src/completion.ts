import tab from "@bomb.sh/tab/commander";
import { Command } from "commander";
import { BASH_COMPLETION } from "./bash-completion.ts";
import { examples } from "./commands/examples.ts";

/** What is known of values that can be typed. */
export interface KnownValues {
  readonly stores: readonly string[];
  readonly downloads: readonly { readonly id: string; readonly about: string }[];
  readonly sources: readonly string[];
}

const FILE_OPTIONS = ["--db", "--config", "--line", "--polygon", "--region"];

/** What a shell takes for: complete by the names of files. */
const FILES = ":0";

/** Adds `fmtc completion SHELL`, and the answers to what shells ask. */
export function addCompletion(program: object, known: KnownValues): void {
  // Its class is commander's; only its types are others.
  if (!(program instanceof Command)) throw new TypeError("There are two copies of commander.");
  const root = tab(program, { completionCommandName: "completion" });
  const { commands } = root;
  const named = (name: string) => program.commands.find((command) => command.name() === name);
  named("complete")?.action((words: string[]) => {
    if (wantsFile(words)) console.log(FILES);
    else root.parse(apart(words));
  });
  named("completion")
    ?.usage("SHELL")
    .action((shell: string) => {
      if (shell === "bash") console.log(BASH_COMPLETION);
      else root.setup("fmtc", "fmtc", shell);
    })
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
    for (const [name, option] of root.options) {
      if (name !== "version") command.options.set(name, option);
    }
    for (const argument of command.arguments.values()) {
      if (/^STORE/.test(argument.name)) {
        argument.handler = (complete) => {
          for (const name of known.stores) complete(name, "store");
        };
      }
      if (argument.name === "ID") argument.handler = downloads;
      if (argument.name === "COMMAND") {
        argument.handler = (complete) => {
          for (const [name, { description }] of commands) complete(name, description);
        };
      }
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

/** `--db=FILE` as two words, as the library knows them; the last one is not through yet. */
function apart(words: readonly string[]): string[] {
  const last = words.length - 1;
  return words.flatMap((word, i) => {
    const [, option, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    return i === last || option === undefined || value === undefined ? [word] : [option, value];
  });
}

/** Whether what is typed last is the name of a file. */
function wantsFile(words: readonly string[]): boolean {
  const [before = "", last = ""] = words.slice(-2);
  return FILE_OPTIONS.some((option) => before === option || last.startsWith(`${option}=`));
}

import { Command, Option } from "@commander-js/extra-typings";
import { auditCommand } from "./commands/audit-command.ts";
import { countCommand } from "./commands/count-command.ts";
import { deleteCommand } from "./commands/delete-command.ts";
import { downloadCommand } from "./commands/download-command.ts";
import { examples } from "./commands/examples.ts";
import { helpCommand } from "./commands/help-command.ts";
import { listCommand } from "./commands/list-command.ts";
import { planCommand } from "./commands/plan-command.ts";
import { resumeCommand } from "./commands/resume-command.ts";
import { serveCommand } from "./commands/serve-command.ts";
import { statsCommand } from "./commands/stats-command.ts";
import { updateCommand } from "./commands/update-command.ts";
import { addCompletion, type KnownValues } from "./completion.ts";
import type { Perform } from "./surroundings.ts";
import { version } from "./version.ts";

/** The command line: all commands and their options. It ends no process, and throws what commander has to say. */
export function createProgram(perform: (program: () => ProgramOptions) => Perform, known: KnownValues) {
  const program = createBareProgram();
  const performed = perform(() => program.opts());
  const commands = [
    countCommand,
    planCommand,
    downloadCommand,
    resumeCommand,
    listCommand,
    statsCommand,
    auditCommand,
    updateCommand,
    deleteCommand,
    serveCommand,
  ];
  for (const command of commands) program.addCommand(command(performed).copyInheritedSettings(program));
  program.addCommand(helpCommand(() => program.commands, program).copyInheritedSettings(program));
  addCompletion(program, known);
  return program;
}

/** The options of all commands. */
export interface ProgramOptions {
  readonly db?: string | undefined;
  readonly config?: string | undefined;
  readonly debug?: true | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
  readonly color: boolean;
}

/** The options of all commands, without the commands. */
export function createBareProgram() {
  return new Command("fmtc")
    .description("Puts the tiles of a map region into a file, exactly those of the region, and serves them to any map.")
    .usage("COMMAND …")
    .option("--db <FILE>", "the file of the tiles (environment: FMTC_DB)")
    .option("--config <FILE>", "the configuration file (default: fmtc.config.json; environment: FMTC_CONFIG)")
    .addOption(new Option("--json", "one JSON object a line, for programs").conflicts("quiet"))
    .option("--quiet", "says nothing but errors")
    .option("--no-color", "no colours (environment: NO_COLOR)")
    .option("--debug", "says where in the program errors come from")
    .version(version, "--version", "shows the version")
    .helpOption("--help", "shows help")
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      // Descriptions say what the defaults are.
      optionDescription: ({ description }) => description,
      subcommandTerm: (command) => `${command.name()} ${command.usage().replace("[options]", "")}`.trim(),
      styleTitle: (title) => (title === "Global Options:" ? "With every command:" : title),
    })
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText(
      "after",
      examples(
        ["fmtc count --circle 51.5074,-0.1278,5km --zooms 8-14", "How many tiles are there around London?"],
        [
          "fmtc download hiking --circle 51.5074,-0.1278,5km --zooms 8-14 --url 'https://tiles.example.org/{z}/{x}/{y}.png'",
          "Get them:",
        ],
        ["fmtc serve hiking", "Show them on a map:"],
      ),
    );
}

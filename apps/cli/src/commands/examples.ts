/** Examples at the end of a command's help: what to type, and what it does. */
export function examples(...given: readonly (readonly [command: string, does: string])[]): string {
  return `\nExamples:\n${given.map(([command, does]) => `  ${does}\n    $ ${command}`).join("\n")}`;
}

import type { CommanderError } from "@commander-js/extra-typings";
import { sentence } from "./sentence.ts";

/** `error: unknown option '--zoom'\n(Did you mean --zooms?)` as a sentence, and the way on from there. */
export function commanderSentence({ code, message }: CommanderError): string {
  const [first = "", ...others] = message.replace(/^error: /, "").split("\n");
  const hint = others.join(" ").replace(/^\((.*)\)$/, "$1");
  return [sentence(inWords(first)), hint === "" ? wayOn(code, first) : hint].join(" ").trim();
}

function inWords(problem: string): string {
  const words = problem
    .replace(/^option '(?:-\w, )?(--[\w-]+) <(.+)>' argument missing/, "$1 needs a value: $1 $2")
    .replace(
      /^command-argument value '(.*)' is invalid for argument '(.+)'\. Allowed choices are/,
      "$2 is '$1', but must be one of",
    )
    .replace(
      /^missing required argument '(.+)'/,
      (_, name: string) => `${name.toUpperCase()} is missing; --help shows how to give it`,
    );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function wayOn(code: string, problem: string): string {
  switch (code) {
    case "commander.unknownCommand":
      return "fmtc --help shows all commands.";
    case "commander.excessArguments":
      return "A value with spaces needs quotes; --help shows what the command takes.";
    case "commander.unknownOption":
      return /'-[\d.]/.test(problem)
        ? "Numbers stand without spaces, or in quotes: --circle 51.5074,-0.1278,5km."
        : "--help shows all options.";
    default:
      return "";
  }
}

import { CommanderError } from "@commander-js/extra-typings";
import {
  DownloadInProgressError,
  DownloadUnfinishedError,
  DuplicateDownloadError,
  FmtcError,
  LeaseLostError,
  StoreNotFoundError,
} from "@fmtc/core";
import type { Beside } from "./beside.ts";
import { shortId } from "./downloads/short-id.ts";
import { commanderSentence } from "./error-of-commander.ts";
import { inWords } from "./error-words.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { fileProblem } from "./files/file-problem.ts";
import { quoted } from "./files/quoted.ts";
import { MissingError } from "./missing-error.ts";
import { formatCount } from "./output/format-count.ts";
import { sentence } from "./sentence.ts";
import { UsageError } from "./usage-error.ts";

/** What to say of an error. */
export interface ErrorReport {
  /** A sentence. */
  readonly message: string;
  /** A stable word. */
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly beside?: Beside | undefined;
}

/** Errors of core that are the fault of what was typed. */
const OF_FLAGS = ["REGION_INVALID", "SOURCE_INVALID", "OPTION_INVALID", "TRACK_INVALID", "TRANSPORT_OPTION_INVALID"];

export function reportOf(error: unknown): ErrorReport {
  if (error instanceof UsageError)
    return { message: error.message, code: "USAGE", exitCode: EXIT.usage, beside: error.beside };
  if (error instanceof CommanderError) {
    return { message: commanderSentence(error), code: "USAGE", exitCode: EXIT.usage };
  }
  if (error instanceof MissingError)
    return { message: error.message, code: "NOT_FOUND", exitCode: EXIT.error, beside: error.beside };
  if (FmtcError.isInstance(error)) {
    return { message: coreSentence(error), code: error.code, exitCode: exitCodeFor(error.code) };
  }
  const problem = fileProblem(error);
  if (problem !== undefined && error instanceof Error && "path" in error) {
    const code = "code" in error ? String(error.code) : "FILE";
    return { message: `${String(error.path)} ${problem}.`, code, exitCode: EXIT.error };
  }
  const what = error instanceof Error ? error.message : String(error);
  return {
    message: `Something went wrong that should not have: ${sentence(what)} --debug shows where.`,
    code: "UNEXPECTED",
    exitCode: EXIT.error,
  };
}

function exitCodeFor(code: string): ExitCode {
  if (code === "TILE_POLICY") return EXIT.refused;
  return OF_FLAGS.includes(code) ? EXIT.usage : EXIT.error;
}

function coreSentence(error: FmtcError): string {
  if (DuplicateDownloadError.isInstance(error)) {
    const { store, download } = error;
    return `This region is being downloaded into ${quoted(store)} already, by another fmtc (${shortId(download)}). Wait for it, or stop it there.`;
  }
  if (DownloadInProgressError.isInstance(error)) {
    const again = "If that has crashed on another machine, try again in half a minute";
    return `Download ${shortId(error.download)} is running elsewhere. Wait for it, or stop it there. ${again}.`;
  }
  if (DownloadUnfinishedError.isInstance(error)) {
    const { download, missing } = error;
    const first = `go on with it first, by fmtc resume ${shortId(download)}`;
    return `Download ${shortId(download)} was interrupted with ${formatCount(missing)} tiles to go: ${first}.`;
  }
  if (LeaseLostError.isInstance(error)) {
    return `Another fmtc has taken download ${shortId(error.download)} over, or has deleted it or its store; so this one has stopped.`;
  }
  // Commands look for their store before they begin.
  if (StoreNotFoundError.isInstance(error)) {
    return `Store ${quoted(error.store)} has been deleted by another program meanwhile, so this has stopped.`;
  }
  if (error.code === "STORE_FULL") {
    return `${inWords(error.message)} The -reserve file beside the database is room that is kept for deleting tiles.`;
  }
  return inWords(error.message);
}

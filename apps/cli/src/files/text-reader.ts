import { open } from "node:fs/promises";
import { UsageError } from "../usage-error.ts";
import { decodeText } from "./decode-text.ts";
import { fileProblem } from "./file-problem.ts";

/** Reads the whole text of a file that an option names; `-` is standard input. */
export type TextReader = (flag: string, file: string) => Promise<string>;

/** Regions of this size are hundreds of times larger than the coasts of a continent. */
const MOST_BYTES = 200_000_000;

/** A reader of files. Standard input can be read once, so whoever wants it again is refused. */
export function textReader(stdin: AsyncIterable<Uint8Array | string>): TextReader {
  let stdinFor: string | undefined;
  return async (flag, file) => {
    if (file !== "-") return textOf(`${flag} ${file}`, await bytesOfFile(flag, file));
    if (stdinFor !== undefined) {
      throw new UsageError(`Standard input can be read once, but ${stdinFor} - wants it and ${flag} - too.`);
    }
    stdinFor = flag;
    return textOf(`Standard input, for ${flag},`, await bytesOfStream(flag, stdin));
  };
}

async function bytesOfFile(flag: string, path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      if (size > MOST_BYTES) throw tooLarge(`${flag} ${path}`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    const problem = fileProblem(error);
    throw problem === undefined ? error : new UsageError(`${flag} ${path} ${problem}.`);
  }
}

async function bytesOfStream(flag: string, stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    length += bytes.length;
    if (length > MOST_BYTES) throw tooLarge(`Standard input, for ${flag},`);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

function tooLarge(what: string): UsageError {
  return new UsageError(`${what} has more than 200 MB. Simplify its shapes, or leave out what is not needed.`);
}

function textOf(what: string, bytes: Uint8Array): string {
  if (bytes.length === 0) throw new UsageError(`${what} is empty.`);
  if (Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "PK\x03\x04") {
    throw new UsageError(`${what} is a zip archive, perhaps a KMZ: unpack it, and give the .kml that is in it.`);
  }
  const text = decodeText(bytes);
  if (text === undefined) throw new UsageError(`${what} is no text. Is it the right file?`);
  if (text.trim() === "") throw new UsageError(`${what} is empty.`);
  return text;
}

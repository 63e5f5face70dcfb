import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** What `npm run fmtc --` comes to, wherever the user is; any other call of npm is an error. */
const NPM = `npm() {
  test "$1 $2 $3" = "run fmtc --" || return 127
  shift 3
  "$NODE" --experimental-strip-types --disable-warning=ExperimentalWarning --conditions=@fmtc/source "$FMTC" "$@"
}`;

/** Calls of npm in what the demo has said, with the line breaks that they have there. */
export function printedCommands(output: string): string[] {
  return [...output.matchAll(/\bnpm (?:run|test)\b(?:.*\\\n)*.*$/gm)].map(([command]) => command);
}

/** Pastes a command into a shell in a folder. Returns its exit code, and what it has said. */
export async function paste(command: string, folder: string): Promise<{ code: unknown; stdout: string }> {
  const shell = startShell(command, folder);
  const [stdout, [code]] = await Promise.all([text(shell.stdout), once(shell, "close")]);
  return { code, stdout };
}

/** The same for one that ends when it is asked to: does something with its first line, and ends it. */
export async function pasteUntil(command: string, folder: string, use: (line: string) => Promise<void>): Promise<void> {
  const shell = startShell(command, folder);
  const closed = once(shell, "close");
  try {
    for await (const line of createInterface(shell.stdout)) return await use(line);
    throw new Error(`${command} has said nothing.`);
  } finally {
    endGroup(shell.pid);
    await closed;
  }
}

/** The shell leads a group, of which its command is. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It has ended by itself.
  }
}

function startShell(command: string, folder: string) {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    NODE: process.execPath,
    FMTC: fileURLToPath(new URL("../../cli/src/main.ts", import.meta.url)),
  };
  return spawn("sh", ["-c", `${NPM}\n${command}`], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
}

import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the demo writes, if it is not told. */
export const DEFAULT_FOLDER = fileURLToPath(new URL("../../../demo-output", import.meta.url));

/** Where the demo writes, and how the user types these paths. */
export interface DemoFiles {
  readonly folder: string;
  /** Where commands are run: where the user is. */
  readonly userFolder: string;
  readonly database: string;
  readonly picture: string;
  /** Says that the folder is a demo's. */
  readonly marker: string;
  /** As short as it can be typed where the user is. */
  readonly typed: (file: string) => string;
}

export function demoFilesIn(folder: string, userFolder: string): DemoFiles {
  return {
    folder,
    userFolder,
    database: join(folder, "demo-tiles.db"),
    picture: join(folder, "offline-map.png"),
    marker: join(folder, ".fmtc-demo"),
    typed: (file) => {
      const path = relative(userFolder, file);
      return path.startsWith("..") ? file : path || ".";
    },
  };
}

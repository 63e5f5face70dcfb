import type { Cover } from "@fmtc/core";
import type { DemoFiles } from "./demo-files.ts";
import type { Fmtc } from "./processes/fmtc.ts";
import type { TileServer } from "./processes/tile-server.ts";

/** What the steps of the demo have in common. */
export interface Demo {
  readonly files: DemoFiles;
  readonly fmtc: Fmtc;
  readonly server: TileServer;
  /** The tiles that are downloaded. */
  readonly cover: Cover;
  /** In the words of the command line. */
  readonly options: Readonly<Record<"database" | "source" | "region", readonly string[]>>;
}

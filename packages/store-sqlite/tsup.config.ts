import { defineConfig, type Options } from "tsup";

const shared: Options = {
  format: "esm",
  target: "es2023",
  platform: "node",
  // Without its protocol, node:sqlite is not a module.
  removeNodeProtocol: false,
  sourcemap: true,
};

export default defineConfig([
  { ...shared, entry: ["src/index.ts"], dts: true, clean: true },
  {
    ...shared,
    entry: ["src/worker.ts"],
    // The thread loads one file, with the few things of core that it needs: it starts sooner, and bundlers can move it.
    noExternal: ["@fmtc/core"],
    esbuildOptions: (options) => {
      options.conditions = ["@fmtc/source"];
    },
  },
]);

// Which import may point where, held by dependency-cruiser (`npm run arrows`). docs/architecture.md draws the same.
// tools/test/arrows.test.ts breaks each of these once.

const CORE = "^packages/core/src/";
const RXJS = "^node_modules/rxjs/";
const BUILT_IN = ["core"];

/** @type {(name: string, comment: string, from: object, to: object) => object} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** What a room of core may import: itself, other rooms, and perhaps RxJS. @type {(name: string, ...others: string[]) => object} */
const room = (name, ...others) => {
  const rooms = [name, ...others.filter((other) => other !== "rxjs")];
  return forbid(
    `core-${name}-points-inward`,
    `${name} imports only ${[name, ...others].join(", ")}`,
    { path: `${CORE}${name}/` },
    { pathNot: [`${CORE}(${rooms.join("|")})/`, ...(others.includes("rxjs") ? [RXJS] : [])] },
  );
};

export default {
  forbidden: [
    forbid("no-circle", "Modules that import each other are one module in disguise.", {}, { circular: true }),
    forbid("no-dead-end", "An import has to lead somewhere.", {}, { couldNotResolve: true }),

    forbid(
      "core-imports-only-rxjs",
      "core is pure: whatever touches a platform is a port that an adapter implements.",
      { path: CORE, pathNot: `${CORE}testing/` },
      { pathNot: [CORE, RXJS] },
    ),
    forbid(
      "core-testing-imports-only-rxjs-and-vitest",
      "The scenarios are runner-free; their thin binding is for Vitest.",
      { path: `${CORE}testing/` },
      { pathNot: [CORE, RXJS, "^node_modules/vitest/"] },
    ),
    forbid(
      "core-takes-no-platform-from-rxjs",
      "These entries of rxjs need a browser.",
      { path: CORE },
      { path: `${RXJS}.*/(ajax|fetch|webSocket)/` },
    ),

    // geo ◀ region ◀ cover ◀ ports ◀ store
    room("errors"),
    room("geo"),
    room("region", "geo", "errors"),
    room("cover", "region", "geo", "errors"),
    room("source", "cover", "geo", "errors"),
    room("ports", "cover", "region", "rxjs"),
    room("response", "ports"),
    room("transport", "ports", "errors", "rxjs"),
    room("recovery"),
    room("download", "recovery", "response", "source", "ports", "store", "cover", "region", "errors", "rxjs"),
    room(
      "root",
      "download",
      "recovery",
      "response",
      "source",
      "store",
      "ports",
      "cover",
      "region",
      "geo",
      "errors",
      "rxjs",
    ),
    room("remote", "root", "download", "store", "ports", "region", "errors", "rxjs"),
    room("store", "ports", "cover", "region", "geo", "errors", "rxjs"),
    forbid(
      "core-root-is-outermost",
      "root composes the other rooms, remote carries it elsewhere; no other room knows them.",
      { path: CORE, pathNot: [`${CORE}(root|remote|testing)/`, `${CORE}[^/]+$`] },
      { path: `${CORE}(root|remote)/` },
    ),
    forbid(
      "core-rooms-do-not-import-the-index",
      "index.ts is the door for others; inside the house one walks from room to room.",
      { path: `${CORE}.+/` },
      { path: `${CORE}[^/]+$` },
    ),
    forbid(
      "core-does-not-import-testing",
      "What ships does not depend on what tests it.",
      { path: CORE, pathNot: `${CORE}testing/` },
      { path: `${CORE}testing/` },
    ),

    forbid(
      "adapter-imports-only-core",
      "Of the other packages an adapter knows core, and no other adapter.",
      { path: "^packages/(?!core/)([^/]+)/src/" },
      { path: "^packages/", pathNot: ["^packages/$1/", CORE] },
    ),
    forbid(
      "src-imports-only-what-its-package-declares",
      "What a package needs at its user's stands in its dependencies or peerDependencies.",
      { path: "^packages/[^/]+/src/", pathNot: `${CORE}testing/` },
      { path: "node_modules/", dependencyTypesNot: ["npm", "npm-peer", "npm-optional"] },
    ),
    forbid(
      "app-imports-only-what-it-declares",
      "An app runs on its dependencies; types are for us alone.",
      { path: "^apps/[^/]+/src/" },
      {
        path: "node_modules/",
        pathNot: "node_modules/@types/",
        dependencyTypesNot: ["npm", "npm-peer", "npm-optional"],
      },
    ),
    forbid(
      "node-only-where-node-is",
      "Only the packages for Node use its built-in modules.",
      { path: "^packages/[^/]+/src/", pathNot: "^packages/(store-sqlite|transport-undici)/" },
      { dependencyTypes: BUILT_IN },
    ),

    forbid("package-imports-no-app", "Apps stand on packages.", { path: "^packages/" }, { path: "^apps/" }),
    forbid(
      "app-imports-no-other-app",
      "Apps stand beside each other; one may start another, as a process.",
      { path: "^apps/([^/]+)/" },
      { path: "^apps/", pathNot: "^apps/$1/" },
    ),
    forbid(
      "package-is-imported-by-its-name",
      "A relative path into another package walks past its public API.",
      { path: "^(packages|apps)/([^/]+)/" },
      { path: "^(packages|apps)/", pathNot: "^$1/$2/", dependencyTypes: ["local"] },
    ),
    forbid(
      "tools-are-for-tooling",
      "Only configuration and benchmarks use tools/: it is not published.",
      { path: "^(packages|apps)/", pathNot: ["/bench/", "[.]config[.]ts$"] },
      { path: "^tools/" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|[.]reports|demo-output)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@fmtc/source", "import", "types", "default"],
    },
  },
};

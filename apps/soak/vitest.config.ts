import { browserSuite, defineSuites, nodeSuite } from "../../tools/vitest-suites.ts";

export default defineSuites(
  { ...nodeSuite, test: { ...nodeSuite.test, globalSetup: "test/build-children.ts" } },
  {
    ...browserSuite,
    // A page cannot start a server.
    test: { ...browserSuite.test, globalSetup: "test/browser-server.ts" },
  },
);

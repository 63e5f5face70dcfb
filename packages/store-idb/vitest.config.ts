import { browserSuite, defineSuites, nodeSuite } from "../../tools/vitest-suites.ts";

// A frame without an origin, which has no storage, may load the sources all the same.
export default defineSuites(nodeSuite, { ...browserSuite, server: { cors: { origin: "*" } } });

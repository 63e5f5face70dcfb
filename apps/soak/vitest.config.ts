import { browserSuite, defineSuites, nodeSuite } from "../../tools/vitest-suites.ts";

export default defineSuites(nodeSuite, browserSuite);

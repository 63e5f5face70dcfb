import { defineSuites, nodeSuite } from "../../tools/vitest-suites.ts";

export default defineSuites(nodeSuite);

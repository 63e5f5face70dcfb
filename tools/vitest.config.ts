import { defineSuites, nodeSuite } from "./vitest-suites.ts";

export default defineSuites(nodeSuite);

import { defineSuites, nodeSuite } from "../../tools/vitest-suites.ts";

export default defineSuites({ ...nodeSuite, test: { ...nodeSuite.test, globalSetup: "test/build-children.ts" } });

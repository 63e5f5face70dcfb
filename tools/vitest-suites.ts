import { playwright } from "@vitest/browser-playwright";
import { defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from "vitest/config";

const { CHROME_PATH } = process.env;

/** Long enough for a slow machine with other work to do: a test that fails by this hangs. */
const testTimeout = 60_000;

/** Workspace packages resolve to their sources, so that suites run without a build. */
const SOURCE = "@fmtc/source";

/**
 * The Vitest configuration of a package. The name of a test file says where it runs:
 * `*.test.ts` in Node, `*.browser.test.ts` in Chromium, `*.both.test.ts` in each.
 */
export function defineSuites(...suites: readonly TestProjectInlineConfiguration[]): ViteUserConfig {
  return defineConfig({
    test: {
      projects: [...suites],
      allowOnly: false,
      reporters: ["default", "json"],
      // Each script names its own file, which tools/test.mjs reads; this one is for runs by hand.
      outputFile: ".reports/by-hand.json",
    },
  });
}

export const nodeSuite: TestProjectInlineConfiguration = {
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
  test: {
    name: "node",
    testTimeout,
    environment: "node",
    include: ["test/**/*.test.ts"],
    exclude: ["**/*.browser.test.ts"],
  },
};

/** Runs in the Chromium at CHROME_PATH, which `npm test` has found or installed; without it in Playwright's own. */
export const browserSuite: TestProjectInlineConfiguration = {
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  // A kept bundle of dependencies lacks one that a test has begun to import since, and Vite then reloads in mid-run.
  optimizeDeps: { force: true },
  test: {
    name: "browser",
    testTimeout,
    include: ["test/**/*.browser.test.ts", "test/**/*.both.test.ts"],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: CHROME_PATH ? { executablePath: CHROME_PATH } : {} }),
      instances: [{ browser: "chromium" }],
    },
  },
};

import { playwright } from "@vitest/browser-playwright";
import { browserSuite, defineSuites, nodeSuite } from "../../tools/vitest-suites.ts";
import { control } from "./test/control-command.ts";

const { CHROME_PATH } = process.env;

/** MapLibre draws by WebGL, which a machine without a graphics card does in software. */
const SOFTWARE_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

const mapSuite: typeof browserSuite = {
  ...browserSuite,
  test: {
    ...browserSuite.test,
    // A page cannot start a server.
    globalSetup: ["test/browser-servers.ts"],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      commands: { control },
      provider: playwright({
        launchOptions: { args: SOFTWARE_WEBGL, ...(CHROME_PATH ? { executablePath: CHROME_PATH } : {}) },
      }),
      instances: [{ browser: "chromium" }],
    },
  },
};

export default defineSuites(nodeSuite, mapSuite);

import { defineBenchmark } from "../../../tools/bench/define-benchmark.ts";
import { coldCase } from "./cold-case.ts";
import { throughputCase } from "./throughput-case.ts";

export const benchmark = defineBenchmark({
  name: "tile-server",
  title: "Serving tiles that were drawn beforehand, and drawing them",
  libraries: ["undici"],
  cases: [throughputCase, coldCase("png"), coldCase("webp")],
});

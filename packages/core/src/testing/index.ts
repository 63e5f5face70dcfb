export { type ErrorClass, equal, holds, rejects, ScenarioError } from "./assert.ts";
export { createMemoryDatabase, type MemoryDatabase } from "./memory-database.ts";
export { openMemoryStore } from "./memory-store.ts";
export { planStoreSuite, type StoreSuitePlan } from "./plan-store-suite.ts";
export { runKnownGap } from "./run-known-gap.ts";
export { runStoreScenario } from "./run-store-scenario.ts";
export type { StoreScenario } from "./scenario.ts";
export {
  type ScriptedAnswer,
  type ScriptedTransport,
  type ScriptedTransportOptions,
  scriptedTransport,
  statusResponse,
  tileResponse,
} from "./scripted-transport.ts";
export type { Need, StoreHarness, TestDatabase } from "./store-harness.ts";
export { tileStoreScenarios } from "./store-scenarios.ts";

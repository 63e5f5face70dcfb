import type { RecoverableState } from "@fmtc/core";

/** What has become of a download, in a word for people and machines. */
export type StateWord = "running" | "paused" | "interrupted" | "incomplete";

export function stateWord(state: RecoverableState): StateWord {
  switch (state) {
    case "running-here":
    case "running-elsewhere":
      return "running";
    case "failed":
      return "interrupted";
    default:
      return state;
  }
}

import type { FailReason, TileEvent } from "@fmtc/core";

/** What has been heard of the tiles of a download, beyond its numbers. */
export class Heard {
  /** The first tile that has failed for each reason. */
  readonly examples = new Map<FailReason, TileEvent>();
  /** Whether the server has answered anything at all. */
  isAnswered = false;
  /** How many tiles have their outcome. */
  settled = 0;
  #failed = 0;
  #refused = 0;
  /** Why the latest attempt that is to be made again did not do. */
  #problem: string | undefined;
  /** Whether nothing has come since. */
  #isProblemLatest = false;

  add(event: TileEvent): void {
    const { outcome, reason, detail } = event;
    this.isAnswered ||= isAnswer(event);
    this.#isProblemLatest = outcome === "retrying" || outcome === "postponed";
    if (this.#isProblemLatest) {
      this.#problem = detail;
      return;
    }
    this.settled += 1;
    if (outcome !== "failed") return;
    this.#failed += 1;
    if (isRefusal(detail)) this.#refused += 1;
    if (!this.examples.has(reason as FailReason)) this.examples.set(reason as FailReason, event);
  }

  /** Why tiles are to be tried again, while there are such, or while nothing else comes. */
  problem(retryQueued: number): string | undefined {
    return retryQueued > 0 || this.#isProblemLatest ? this.#problem : undefined;
  }

  /** Whether tiles have failed, and each of them because the server wants to know who asks. */
  get isRefused(): boolean {
    return this.#failed > 0 && this.#failed === this.#refused;
  }
}

function isAnswer({ outcome, reason, detail, bytes }: TileEvent): boolean {
  const isOfAnswer = reason === "unmodified" || reason === "empty" || reason === "negative" || reason === "invalid";
  return outcome === "stored" || bytes > 0 || isOfAnswer || /^status /.test(detail ?? "");
}

function isRefusal(detail: string | undefined): boolean {
  return detail === "status 401" || detail === "status 403";
}

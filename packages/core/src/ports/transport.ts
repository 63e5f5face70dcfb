import type { Observable } from "rxjs";

/** Fetches tiles over a network. */
export interface Transport {
  /**
   * One request. It begins with the subscription, emits one response, its whole body included, and completes; any status
   * is a response. Unsubscribing aborts it. It ends sooner or later, whatever the server does.
   *
   * Fails with a `TransportError`.
   */
  readonly request: (request: TransportRequest) => Observable<TransportResponse>;

  /** Aborts what is under way, with a `TransportError` of kind `closed`, and frees what the transport holds. */
  readonly close: () => Promise<void>;
}

export interface TransportRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether somebody is waiting to see the tile. Where a transport has to choose, such requests go first. Default: `bulk`. */
  readonly priority?: "interactive" | "bulk" | undefined;
  /** A body longer than this fails the request while it still comes, with kind `too-large`. Default: 10 MB. */
  readonly maxBytes?: number | undefined;
}

export interface TransportResponse {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without its transfer encodings. Nobody else has it, though it may be a part of a larger buffer. */
  readonly body: Uint8Array<ArrayBuffer>;
}

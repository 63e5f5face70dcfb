/**
 * What `fetchTransport` needs of a platform: `self` of a page or a worker, and the global object of Node. Structural, as core knows no
 * platform's types.
 */
export interface FetchPlatform<Signal> {
  fetch(url: string, init: FetchOptions<Signal>): Promise<FetchResponse>;
  readonly AbortController: new () => { readonly signal: Signal; abort(): void };
}

interface FetchOptions<Signal> {
  readonly headers: Record<string, string>;
  readonly signal: Signal;
  readonly cache: "default" | "no-store";
  readonly priority: "high" | "low";
}

export interface FetchResponse {
  readonly status: number;
  readonly url: string;
  readonly redirected: boolean;
  readonly headers: { forEach(visit: (value: string, name: string) => void): void };
  readonly body: FetchBody | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface FetchBody {
  getReader(): { read(): Promise<FetchChunk> };
}

interface FetchChunk {
  readonly done: boolean;
  readonly value?: Uint8Array | undefined;
}

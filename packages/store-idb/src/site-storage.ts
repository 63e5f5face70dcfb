/** What the browser tells of the room that this site has. */
export interface StorageEstimate {
  /** What the site takes: databases and caches of all kinds. */
  readonly usageBytes: number;
  /** What it may take. No promise: the disk can be full before. */
  readonly quotaBytes: number;
}

// navigator.storage is there in secure contexts only (https or localhost), and its persist() not in workers.

/** Asks the browser to keep what this site stores, and tells whether it will. */
export async function persist(): Promise<boolean> {
  return (await siteStorage()?.persist?.()) ?? false;
}

export async function persisted(): Promise<boolean> {
  return (await siteStorage()?.persisted?.()) ?? false;
}

/** Undefined where the browser does not tell. */
export async function estimate(): Promise<StorageEstimate | undefined> {
  const { usage, quota } = (await siteStorage()?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? undefined : { usageBytes: usage, quotaBytes: quota };
}

function siteStorage(): Partial<StorageManager> | undefined {
  return globalThis.navigator?.storage;
}

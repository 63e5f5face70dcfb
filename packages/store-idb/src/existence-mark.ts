/**
 * A mark outside IndexedDB that a database exists. Browsers that evict a site's databases leave localStorage alone, so a
 * mark without a database tells of a loss. Where there is no localStorage, as in workers, there are no marks.
 */
export interface ExistenceMark {
  readonly isSet: () => boolean;
  readonly set: () => void;
}

export function existenceMark(databaseName: string): ExistenceMark {
  const key = `fmtc:store-idb:${databaseName}`;
  return {
    isSet: () => withLocalStorage((storage) => storage.getItem(key) !== null) ?? false,
    set: () => {
      withLocalStorage((storage) => storage.setItem(key, "exists"));
    },
  };
}

function withLocalStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return globalThis.localStorage === undefined ? undefined : use(globalThis.localStorage);
  } catch {
    // Switched off or full. The mark is a courtesy: the store works without.
    return undefined;
  }
}

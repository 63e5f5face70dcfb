import { catchError, EMPTY, filter, type Observable, share, throwError } from "rxjs";
import { RootClosedError } from "../errors/root-closed-error.ts";
import type { StoreChanges } from "../store/watch-changes.ts";

/** Changes as the far side tells them. They complete when the root is closed here, as they do when it is closed there. */
export function connectedChanges(changes$: Observable<StoreChanges>): Observable<StoreChanges> {
  return changes$.pipe(
    filter((value) => isChanges(value)),
    completeOnClose(),
    share(),
  );
}

export function completeOnClose<T>() {
  return (source$: Observable<T>): Observable<T> =>
    source$.pipe(catchError((error) => (RootClosedError.isInstance(error) ? EMPTY : throwError(() => error))));
}

/** What comes over a port may be anything. */
function isChanges(value: Partial<StoreChanges> | undefined): value is StoreChanges {
  return value?.kinds instanceof Set && value.stores instanceof Set;
}

import { firstDifference } from "./first-difference.ts";
import { show } from "./show.ts";

/** What a scenario found to be other than promised. Test runners print `actual` and `expected` side by side. */
export class ScenarioError extends Error {
  readonly actual: unknown;
  readonly expected: unknown;

  constructor(message: string, actual?: unknown, expected?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.name = "ScenarioError";
    this.actual = actual;
    this.expected = expected;
  }
}

/** What the family of `FmtcError` has in common: a test that works across copies of this package. */
export interface ErrorClass<E extends Error> {
  readonly name: string;
  readonly isInstance: (value: unknown) => value is E;
}

/**
 * Asserts that two values are equal through and through: objects, lists, bytes, maps and sets by what they hold. A
 * property that is undefined and one that is absent are the same.
 */
export function equal<T>(actual: T, expected: NoInfer<T>, what = "the result"): void {
  const difference = firstDifference(actual, expected);
  if (difference === undefined) return;
  const { path, actual: found, expected: wanted } = difference;
  throw new ScenarioError(`${what}${path} is ${show(found)}, but should be ${show(wanted)}.`, actual, expected);
}

/** Asserts that something holds; `promise` is the sentence that says what. */
export function holds(condition: boolean, promise: string): asserts condition {
  if (!condition) throw new ScenarioError(`This does not hold: ${promise}.`, false, true);
}

/** Asserts that a call fails with an error of this class, by a rejection, and returns the error. */
export async function rejects<E extends Error>(
  call: () => Promise<unknown>,
  errorClass: ErrorClass<E>,
  what = "the call",
): Promise<E> {
  const error = await rejectionOf(call, what);
  if (errorClass.isInstance(error)) return error;
  const cause = error instanceof Error ? { cause: error } : undefined;
  throw new ScenarioError(
    `${what} failed with ${show(error)}, but should with a ${errorClass.name}.`,
    error,
    errorClass.name,
    cause,
  );
}

async function rejectionOf(call: () => Promise<unknown>, what: string): Promise<unknown> {
  let promise: Promise<unknown>;
  try {
    promise = call();
  } catch (error) {
    throw new ScenarioError(`${what} threw ${show(error)} at once, but should have rejected.`, error);
  }
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new ScenarioError(`${what} resolved to ${show(value)}, but should have failed.`, value);
}

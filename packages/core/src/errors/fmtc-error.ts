const marker = Symbol.for("fmtc.error");

/**
 * The base of every error a caller can meet. `code` is stable: branch on it.
 *
 * `isInstance` recognises errors of another copy of this package too, where `instanceof` does not.
 */
export class FmtcError extends Error {
  readonly code: string;
  readonly [marker] = true;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }

  static isInstance(value: unknown): value is FmtcError {
    return typeof value === "object" && value !== null && marker in value;
  }
}

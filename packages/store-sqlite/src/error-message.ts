import {
  DownloadExistsError,
  DownloadInProgressError,
  DownloadNotFoundError,
  FmtcError,
  LeaseLostError,
  StoreCorruptError,
  StoreExistsError,
  StoreFullError,
  StoreInputError,
  StoreNotFoundError,
  StoreUnavailableError,
  StoreVersionError,
  TileNotFoundError,
} from "@fmtc/core";

/** An error on its way to another thread, which clones neither its class nor its fields. */
export type ErrorMessage =
  | {
      readonly kind: "typed";
      readonly code: string;
      readonly message: string;
      readonly stack: string;
      readonly fields: object;
    }
  | { readonly kind: "other"; readonly error: unknown };

/** The errors that jobs throw, by their names. */
const CLASSES: Readonly<Record<string, { readonly prototype: FmtcError }>> = {
  DownloadExistsError,
  DownloadInProgressError,
  DownloadNotFoundError,
  LeaseLostError,
  StoreCorruptError,
  StoreExistsError,
  StoreFullError,
  StoreInputError,
  StoreNotFoundError,
  StoreUnavailableError,
  StoreVersionError,
  TileNotFoundError,
};

export function toErrorMessage(error: unknown): ErrorMessage {
  if (!FmtcError.isInstance(error)) return { kind: "other", error };
  const { code, message, stack = "", cause } = error;
  // Own fields that are strings: the marker, a symbol, is set anew.
  return { kind: "typed", code, message, stack, fields: { ...error, ...(cause !== undefined && { cause }) } };
}

/** The error as it was thrown, of its class. */
export function fromErrorMessage(message: ErrorMessage): unknown {
  if (message.kind === "other") return message.error;
  const error = new FmtcError(message.code, message.message);
  const { name } = Object.assign(error, message.fields);
  const known = CLASSES[name];
  if (known !== undefined) Object.setPrototypeOf(error, known.prototype);
  error.stack = message.stack;
  return error;
}

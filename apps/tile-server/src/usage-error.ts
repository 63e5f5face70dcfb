/** Someone asked for what does not exist or cannot be: the message says which value is wrong and what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

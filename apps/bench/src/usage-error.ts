/** What was asked for cannot be run. The message is one sentence for the person at the terminal. */
export class UsageError extends Error {}

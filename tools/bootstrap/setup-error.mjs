/** The set-up cannot go on. The message is one sentence for the person at the terminal, shown without a stack. */
export class SetupError extends Error {}

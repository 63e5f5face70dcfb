/** What `fmtc` tells a script. */
export const EXIT = {
  complete: 0,
  error: 1,
  usage: 2,
  /** Done, but tiles have failed or are missing. */
  incomplete: 3,
  /** The server's operator does not allow it. */
  refused: 4,
  /** The terminal was closed. */
  hungUp: 129,
  /** By Ctrl-C. */
  interrupted: 130,
  /** Nobody reads what it says any more, as in `fmtc … | head -1`. */
  unread: 141,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

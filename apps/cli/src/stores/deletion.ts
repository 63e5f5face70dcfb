/** Something that can be deleted, or forgotten: what to say of it before and after, and how. */
export interface Deletion {
  /** What would happen, as a dry run says it; `value` for machines. */
  readonly would: string;
  readonly value: object;
  /** What the user is asked. */
  readonly question: string;
  /** Does it, and says what it has done; what `value` has more, or differently, for machines. */
  readonly carryOut: () => Promise<{ readonly did: string; readonly value: object }>;
}

/** What an error shows beside its sentence, such as what there is to choose from. */
export interface Beside {
  /** For people, in lines below the sentence. */
  readonly text: string;
  /** For machines, fields beside `message`. */
  readonly value: object;
}

import { TransportError } from "@fmtc/core";

/** Puts a body together as it comes, in memory of its own and of just its length. */
export class ReceivedBody {
  readonly #declared: number | undefined;
  readonly #maxBytes: number;
  #whole: Uint8Array<ArrayBuffer> | undefined;
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** @throws TransportError if the declared length is too much already. */
  constructor(declared: number | undefined, maxBytes: number) {
    this.#declared = declared;
    this.#maxBytes = maxBytes;
    if (declared !== undefined && declared > maxBytes) throw tooLarge(maxBytes);
  }

  /** @throws TransportError */
  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (this.#declared === undefined) this.#pieces.push(piece);
    else {
      if (length > this.#declared) throw wrongLength();
      // Not before the first piece: who only declares much costs nothing.
      this.#whole ??= new Uint8Array(this.#declared);
      this.#whole.set(piece, this.#length);
    }
    this.#length = length;
  }

  /** @throws TransportError if there is less than was declared. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.#declared !== undefined && this.#length !== this.#declared) throw wrongLength();
    if (this.#whole !== undefined) return this.#whole;
    const whole = new Uint8Array(this.#length);
    let offset = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, offset);
      offset += piece.length;
    }
    return whole;
  }
}

export function tooLarge(maxBytes: number): TransportError {
  return new TransportError("too-large", `The body is longer than the ${maxBytes} bytes allowed.`);
}

function wrongLength(): TransportError {
  return new TransportError("interrupted", "The body does not have the length that the server declared.");
}

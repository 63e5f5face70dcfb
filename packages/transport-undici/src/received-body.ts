import { TransportError } from "@fmtc/core";

export interface BodyLimits {
  readonly maxBytes: number;
  /** Whether nobody else has the pieces, so that one which is the whole body need not be copied. */
  readonly arePiecesOurs: boolean;
}

/** Puts a body together as it comes, in memory that nobody else has. */
export class ReceivedBody {
  readonly #declared: number | undefined;
  readonly #maxBytes: number;
  readonly #arePiecesOurs: boolean;
  #whole: Uint8Array<ArrayBuffer> | undefined;
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** @throws TransportError if the declared length is too much already. */
  constructor(declared: number | undefined, { maxBytes, arePiecesOurs }: BodyLimits) {
    this.#declared = declared;
    this.#maxBytes = maxBytes;
    this.#arePiecesOurs = arePiecesOurs;
    if (declared !== undefined && declared > maxBytes) throw tooLarge(maxBytes);
  }

  /** @throws TransportError */
  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (this.#declared === undefined) this.#pieces.push(piece);
    else {
      if (length > this.#declared) throw wrongLength();
      if (length === this.#declared && this.#arePiecesOurs) this.#whole ??= mainPartOf(piece);
      // Not before the first piece: who only declares much costs nothing.
      this.#whole ??= new Uint8Array(this.#declared);
      if (this.#whole.buffer !== piece.buffer) this.#whole.set(piece, this.#length);
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

/** The piece itself, unless it would keep much more in memory: it comes along with the headers, and perhaps with other bodies. */
function mainPartOf({ buffer, byteOffset, length }: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const isMainPart = buffer instanceof ArrayBuffer && buffer.byteLength <= 2 * length;
  return isMainPart ? new Uint8Array(buffer, byteOffset, length) : undefined;
}

export function tooLarge(maxBytes: number): TransportError {
  return new TransportError("too-large", `The body is longer than the ${maxBytes} bytes allowed.`);
}

function wrongLength(): TransportError {
  return new TransportError("interrupted", "The body does not have the length that the server declared.");
}

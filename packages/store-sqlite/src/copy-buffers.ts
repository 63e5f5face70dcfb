/**
 * The buffers that bytes go to the other thread in. They come back with its answers and are used again: memory that is new
 * has to be cleared and found by the system, which takes longer than to copy tiles into it.
 */
export class CopyBuffers {
  readonly #idle: ArrayBuffer[] = [];

  /** One that holds so many bytes, or more. */
  take(bytes: number): ArrayBuffer {
    const idle = this.#idle.pop();
    if (idle !== undefined && idle.byteLength >= bytes) return idle;
    return new ArrayBuffer(Math.ceil(bytes / STEP_BYTES) * STEP_BYTES);
  }

  /** One that is not needed any more. Few are kept, and none that is large. */
  giveBack(buffer: ArrayBuffer): void {
    if (buffer.byteLength <= MOST_BYTES && this.#idle.length < MOST_IDLE) this.#idle.push(buffer);
  }
}

/** They differ little in size, so that the next commit fits into the one before. */
const STEP_BYTES = 1024 * 1024;
const MOST_BYTES = 8 * STEP_BYTES;

/** One is being written while the next is being filled. */
const MOST_IDLE = 2;

/** What a message between the two processes is. */
export const frameKinds = { ready: 1, answer: 2, compiled: 3, failed: 4, end: 5, script: 6 } as const;

/** One message: what it is, and its bytes. */
export interface Frame {
  readonly kind: number;
  readonly bytes: Buffer;
}

const headSize = 5;

/** Renders a message: one byte that says what it is, four for its length, its bytes. */
export function renderFrame(kind: number, bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes as Uint8Array); // The same call takes text.
  const head = Buffer.alloc(headSize);
  head.writeUInt8(kind, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Puts messages together from the pieces in which they arrive. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #size = 0;
  #wanted = headSize;

  /**
   * Takes a piece and gives the messages that are whole with it.
   *
   * @param limit bytes that may wait to become whole; more of them throw a RangeError
   */
  read(piece: Buffer, limit: number): Frame[] {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size > limit) throw new RangeError("too large");
    if (this.#size < this.#wanted) return [];
    let rest = Buffer.concat(this.#pieces);
    const frames: Frame[] = [];
    while (rest.length >= headSize && rest.length >= sizeOf(rest)) {
      frames.push({ kind: rest.readUInt8(0), bytes: rest.subarray(headSize, sizeOf(rest)) });
      rest = rest.subarray(sizeOf(rest));
    }
    this.#pieces = [rest];
    this.#size = rest.length;
    this.#wanted = rest.length >= headSize ? sizeOf(rest) : headSize;
    if (this.#wanted > limit) throw new RangeError("too large");
    return frames;
  }
}

function sizeOf(bytes: Buffer): number {
  return headSize + bytes.readUInt32BE(1);
}

/** What a table is made of: names in their order, and for each as many numbers of 32 bits as there are columns. */
export interface NameColumns {
  readonly names: readonly string[];
  readonly columns: readonly (readonly number[])[];
}

/**
 * A table that is sorted by names, and read without taking it apart. Its bytes
 * begin with how many bytes and how many rows there are; then come the rows: the
 * start of the name, and numbers; and then the names, one after another.
 */
export class NameTable {
  readonly #bytes: Buffer;
  readonly #step: number;

  /** How many rows there are. */
  readonly count: number;

  /** Renders a table. */
  static render({ columns, names }: NameColumns): Buffer {
    const text = names.join("");
    const head = headSize + names.length * (1 + columns.length) * 4;
    const bytes = Buffer.alloc(head + text.length);
    let at = bytes.writeUInt32LE(bytes.length);
    at = bytes.writeUInt32LE(names.length, at);
    let nameStart = head;
    for (const [row, name] of names.entries()) {
      at = bytes.writeUInt32LE(nameStart, at);
      for (const column of columns) at = bytes.writeUInt32LE(column[row] ?? 0, at);
      nameStart += name.length;
    }
    bytes.write(text, head, "latin1");
    return bytes;
  }

  /** Tells how many bytes a table has that bytes begin with; undefined when they are too few. */
  static sizeOf(bytes: Buffer): number | undefined {
    const size = bytes.length < headSize ? Infinity : bytes.readUInt32LE(0);
    return size < headSize || size > bytes.length ? undefined : size;
  }

  /** @param columns how many numbers a row has */
  constructor(bytes: Buffer, columns: number) {
    this.#bytes = bytes;
    this.#step = (1 + columns) * 4;
    this.count = bytes.readUInt32LE(4);
  }

  /** Reads the name of a row. */
  nameAt(row: number): string {
    const end = row + 1 < this.count ? this.numberAt(row + 1, -1) : this.#bytes.readUInt32LE(0);
    return this.#bytes.toString("latin1", this.numberAt(row, -1), end);
  }

  /** Reads a number of a row. */
  numberAt(row: number, column: number): number {
    return this.#bytes.readUInt32LE(headSize + row * this.#step + (column + 1) * 4);
  }

  /** Finds the rows of a name. */
  find(name: string): number[] {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.nameAt(middle) < name) low = middle + 1;
      else high = middle;
    }
    const rows: number[] = [];
    for (let row = low; row < this.count && this.nameAt(row) === name; row++) rows.push(row);
    return rows;
  }
}

const headSize = 8;

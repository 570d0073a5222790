import type { ListPin } from "@firn/package-manager";
import { type ListPlace, readStanzas } from "./list-stanzas.ts";
import { type NameColumns, NameTable } from "./name-table.ts";

/**
 * Knows where a list has which package, who provides what, and which names it
 * mentions first: three tables, one after another, and a last byte that is not 0.
 */
export class PackageTable {
  /** What `open` takes again. */
  readonly bytes: Buffer;
  /** Where the lines of a package start and end, and its rank. */
  readonly #packages: NameTable;
  /** The row of a package that provides a name. */
  readonly #provisions: NameTable;
  /** The rank of a name that no package of the list has. */
  readonly #others: NameTable;

  /** Makes the table of a list. */
  static of(list: Buffer): PackageTable {
    const bytes = renderTables(list);
    return new PackageTable(bytes, splitTables(bytes) ?? []);
  }

  /** Takes a table as it was kept. @returns nothing for one that a machine has cut as it broke down */
  static open(bytes: Buffer, { size }: ListPin): PackageTable | undefined {
    const parts = splitTables(bytes);
    const table = parts && new PackageTable(bytes, parts);
    return table !== undefined && (size < 2 || table.#packages.count > 0) ? table : undefined;
  }

  private constructor(bytes: Buffer, [packages = bytes, provisions = bytes, others = bytes]: readonly Buffer[]) {
    this.bytes = bytes;
    this.#packages = new NameTable(packages, 3);
    this.#provisions = new NameTable(provisions, 1);
    this.#others = new NameTable(others, 1);
  }

  /** Lists all names in their order; one that is there in several versions several times. */
  listNames(): string[] {
    return Array.from({ length: this.#packages.count }, (_, row) => this.#packages.nameAt(row));
  }

  /** Finds where a package is: its versions, in the order of the list. */
  find(name: string): ListPlace[] {
    const rows = this.#packages.find(name);
    return rows.map((row) => ({ start: this.#packages.numberAt(row, 0), end: this.#packages.numberAt(row, 1) }));
  }

  /** Lists the packages that say that they provide a name; one that does so in several versions several times. */
  listProviders(name: string): string[] {
    return this.#provisions.find(name).map((row) => this.#packages.nameAt(this.#provisions.numberAt(row, 0)));
  }

  /** Tells how many names the list mentions before this one; undefined when it does not mention it. */
  rankOf(name: string): number | undefined {
    const [row] = this.#packages.find(name);
    if (row !== undefined) return this.#packages.numberAt(row, 2);
    const [other] = this.#others.find(name);
    return other === undefined ? undefined : this.#others.numberAt(other, 0);
  }
}

const endMark = Buffer.from([1]);

function renderTables(list: Buffer): Buffer {
  const { ends, names, numbers, packages, provides, starts } = readStanzas(list);
  const order = orderOf(packages);
  const pick = (column: readonly number[]): number[] => order.map((index) => column[index] ?? 0);
  const [providing, provided]: [number[], string[]] = [[], []];
  for (const [row, index] of order.entries())
    for (const number of provides.get(index) ?? []) {
      provided.push(names.nameOf(number));
      providing.push(row);
    }
  const own = new Set(numbers);
  const others: number[] = [];
  for (let number = 0; number < names.count; number++) if (!own.has(number)) others.push(number);
  const tables: NameColumns[] = [
    { names: order.map((index) => packages[index] ?? ""), columns: [starts, ends, numbers].map(pick) },
    sortByName(provided, providing),
    sortByName(
      others.map((number) => names.nameOf(number)),
      others,
    ),
  ];
  return Buffer.concat([...tables.map((table) => NameTable.render(table)), endMark]);
}

/** Lists the places of names in the order of names; those of equal ones stay in their order. */
function orderOf(names: readonly string[]): number[] {
  const order = Array.from(names, (_, index) => index);
  const nameAt = (index: number): string => names[index] ?? "";
  return order.toSorted((one, other) => (nameAt(one) < nameAt(other) ? -1 : Number(nameAt(one) > nameAt(other))));
}

function sortByName(names: readonly string[], numbers: readonly number[]): NameColumns {
  const order = orderOf(names);
  return { names: order.map((index) => names[index] ?? ""), columns: [order.map((index) => numbers[index] ?? 0)] };
}

function splitTables(bytes: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = [];
  let rest = bytes;
  for (let count = 0; count < 3; count++) {
    const size = NameTable.sizeOf(rest);
    if (size === undefined) return undefined;
    parts.push(rest.subarray(0, size));
    rest = rest.subarray(size);
  }
  return rest.equals(endMark) ? parts : undefined;
}

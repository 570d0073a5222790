/** A value in a text of JSON, with where it and its parts start. */
export interface JsonNode {
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  /** What an object has, by key; the first where a key stands twice. */
  readonly members: ReadonlyMap<string, JsonMember>;
}

/** A key of an object in a text of JSON, and what it has. */
export interface JsonMember {
  /** Where the key starts, in UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly node: JsonNode;
}

/** A mistake in a text of JSON, as the end of a sentence. */
export interface JsonFault {
  readonly offset: number;
  readonly fact: string;
}

/** What stands where in a text of JSON. */
export interface JsonPlaces {
  /** Missing when the text is no JSON: the last fault says why. */
  readonly root?: JsonNode;
  readonly faults: readonly JsonFault[];
}

/** More than a lock needs; deeper texts would only exhaust the stack. */
const mostNesting = 32;

/**
 * Finds where the values of a text of JSON stand. Unlike `JSON.parse` it takes a
 * key that stands twice for a fault, since readers would believe the first and
 * programs the last.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function findJsonPlaces(text: string): JsonPlaces {
  const reader = new JsonReader(text);
  const root = reader.readDocument();
  return { ...(root !== undefined && { root }), faults: reader.faults };
}

class JsonReader {
  readonly faults: JsonFault[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): JsonNode | undefined {
    const node = this.#readValue(0);
    if (node === undefined) return undefined;
    return this.#next() === "" ? node : this.#fail("something follows its end");
  }

  /** Skips white space and looks at what comes; nothing at the end. */
  #next(): string {
    while (/[ \t\r\n]/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  #fail(fact: string): undefined {
    this.faults.push({ offset: this.#at, fact: this.#at >= this.#text.length ? "it ends too early" : fact });
    return undefined;
  }

  #readValue(nesting: number): JsonNode | undefined {
    const first = this.#next();
    if (nesting > mostNesting) return this.#fail("it is nested too deeply");
    if (first === "{") return this.#readObject(nesting);
    if (first === "[") return this.#readList(nesting);
    const offset = this.#at;
    const isRead = first === '"' ? this.#readString() !== undefined : this.#readWord();
    return isRead ? { offset, members: new Map() } : undefined;
  }

  #readObject(nesting: number): JsonNode | undefined {
    const offset = this.#at;
    const members = new Map<string, JsonMember>();
    const isRead = this.#readItems("}", () => {
      const member = this.#next() === '"' ? this.#readMember(nesting) : this.#fail("here must be a key in quotes");
      if (member === undefined) return false;
      if (members.has(member.key)) this.faults.push({ offset: member.offset, fact: `"${member.key}" stands twice` });
      else members.set(member.key, member);
      return true;
    });
    return isRead ? { offset, members } : undefined;
  }

  #readMember(nesting: number): (JsonMember & { readonly key: string }) | undefined {
    const offset = this.#at;
    const key = this.#readString();
    if (key === undefined) return undefined;
    if (this.#next() !== ":") return this.#fail('here must be ":"');
    this.#at++;
    const node = this.#readValue(nesting + 1);
    return node && { key, offset, node };
  }

  #readList(nesting: number): JsonNode | undefined {
    const offset = this.#at;
    const isRead = this.#readItems("]", () => this.#readValue(nesting + 1) !== undefined);
    return isRead ? { offset, members: new Map() } : undefined;
  }

  /** Reads from an opening bracket to the closing one. */
  #readItems(end: "}" | "]", readItem: () => boolean): boolean {
    this.#at++;
    if (this.#next() === end) return this.#skip();
    while (readItem()) {
      const after = this.#next();
      if (after === end) return this.#skip();
      if (after !== ",") {
        this.#fail(`here must be "," or "${end}"`);
        return false;
      }
      this.#at++;
    }
    return false;
  }

  #skip(): true {
    this.#at++;
    return true;
  }

  #readString(): string | undefined {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && !'"\n'.includes(this.#text.charAt(end))) {
      end += this.#text.charAt(end) === "\\" ? 2 : 1;
    }
    const value = parseString(this.#text.slice(start, end + 1));
    if (value === undefined) return this.#fail("this is no string of JSON");
    this.#at = end + 1;
    return value;
  }

  #readWord(): boolean {
    const word = /^[-+.\w]*/.exec(this.#text.slice(this.#at, this.#at + 400))?.[0] ?? "";
    if (/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(word)) {
      this.#at += word.length;
      return true;
    }
    this.#fail("here must be a value");
    return false;
  }
}

function parseString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

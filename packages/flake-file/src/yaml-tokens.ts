import { Lexer } from "yaml";

/** What is wrong with a text at an offset, as the end of a sentence. */
export interface TokenProblem {
  readonly problem: string;
  readonly fix?: string;
  readonly offset: number;
}

/** Levels of nesting: an input sixteen levels down is twice as many maps deep. */
const depthLimit = 64;

/** What the lexer inserts; the first says that the next token is a scalar. */
const scalarFollows = "\u001F";
const inserted = new Set([scalarFollows, "\u0002", "\u0018"]);

/** Kinds of YAML that a flake has no use for, by the character with which they start. */
const forbiddenKinds: Readonly<Record<string, string>> = {
  "&": "there is an anchor",
  "*": "there is an alias",
  "!": "there is a tag",
  "%": "there is a directive",
};

/**
 * Finds the first token that a flake.yaml must not have. This is done before
 * the text is parsed, since a parser can be made to expand aliases without end,
 * to take all memory for a million brackets, and minutes for a million commas.
 */
export function findForbiddenToken(text: string): TokenProblem | undefined {
  const nesting = new Nesting();
  let offset = 0;
  let previous = "";
  for (const token of new Lexer().lex(text)) {
    const problem = previous === scalarFollows ? undefined : (describeKind(token) ?? nesting.enter(token));
    if (problem !== undefined) return { offset, ...problem };
    previous = token;
    if (!inserted.has(token)) offset += token.length;
  }
  return undefined;
}

function describeKind(token: string): Omit<TokenProblem, "offset"> | undefined {
  if (token === "?") return { problem: 'there is a key with "?" before it', fix: 'Write "key: value"' };
  const problem = forbiddenKinds[token.slice(0, 1)];
  return problem === undefined ? undefined : { problem, fix: "Put text that starts with it in quotes" };
}

/** Follows how deep a text is nested, by brackets and by dashes in one line. */
class Nesting {
  #brackets = 0;
  #indicators = 0;
  #isAfterComma = false;

  enter(token: string): Omit<TokenProblem, "offset"> | undefined {
    if (token.includes("\n")) this.#indicators = 0;
    if (this.#brackets === 0 && ["-", ":"].includes(token)) this.#indicators += 1;
    if (token === "[" || token === "{") this.#brackets += 1;
    if (token === "]" || token === "}") this.#brackets -= 1;
    const isSecondComma = token === "," && this.#isAfterComma;
    if (token.trim() !== "") this.#isAfterComma = token === ",";
    if (isSecondComma) return { problem: "there is nothing between two commas" };
    if (this.#brackets < 0) return { problem: "a bracket is closed that was not opened" };
    const isTooDeep = Math.max(this.#brackets, this.#indicators) > depthLimit;
    return isTooDeep ? { problem: "it is nested too deeply" } : undefined;
  }
}

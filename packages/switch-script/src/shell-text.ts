/** Quotes a text for the shell, where it needs quotes. */
export function quote(text: string): string {
  return /^[\w./@:+,%=-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** How many arguments a command is called with at most: the kernel bounds their bytes. */
const longestList = 400;
const longestText = 90_000;

/** Writes a command for many arguments, already quoted: one line each, as many calls as the kernel needs. */
export function callWith(command: string, args: readonly string[]): string[] {
  return chunks(args).flatMap((chunk) =>
    chunk.length === 1 ? [`${command} ${chunk[0]}`] : [`${command} \\`, ...continued(chunk)],
  );
}

function continued(args: readonly string[]): string[] {
  return args.map((arg, index) => `  ${arg}${index < args.length - 1 ? " \\" : ""}`);
}

function chunks(args: readonly string[]): string[][] {
  const all: string[][] = [];
  let chunk: string[] = [];
  let size = 0;
  for (const arg of args) {
    if (chunk.length > 0 && (chunk.length >= longestList || size + arg.length > longestText)) {
      all.push(chunk);
      [chunk, size] = [[], 0];
    }
    chunk.push(arg);
    size += arg.length + 1;
  }
  return chunk.length === 0 ? all : [...all, chunk];
}

/** Writes an argument that holds any text, for a here-document would end at a line of the text. */
export function comment(text: string): string {
  return `# ${text.replaceAll("\n", " ")}`;
}

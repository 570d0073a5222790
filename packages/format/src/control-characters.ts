/** Tells whether a text has control characters of ASCII, newlines and tabs among them. */
export function hasControl(text: string): boolean {
  return [...text].some((letter) => letter < " " || letter === "\u007f");
}

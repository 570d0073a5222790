/** What a terminal would obey instead of show, tabs and line ends excepted; and what turns the direction of text. */
// oxlint-disable-next-line no-control-regex -- That is what is replaced.
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Renders text from elsewhere for a terminal: characters that it would obey are
 * shown by their number, so that no module and no repository writes to the
 * screen what it likes.
 */
export function renderText(text: string): string {
  return text.replace(control, (each) => `\\u{${each.charCodeAt(0).toString(16)}}`);
}

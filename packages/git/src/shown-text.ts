/** Leaves out who and with which token an address is asked, as far as it says so. */
export function showUrl(url: string): string {
  return url.replace(/^(?<scheme>[\w+.-]+:\/\/)[^/]*@/, "$<scheme>");
}

/** Sequences for terminals; then control characters alone, and those that change the direction of writing. */
const unshowable = [
  // oxlint-disable-next-line no-control-regex -- They are what is taken out.
  /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g,
  // oxlint-disable-next-line no-control-regex -- They are what is taken out.
  /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
];

/**
 * Renders what git said for a message: the last lines, without control
 * characters, which could steer a terminal, and without tokens in addresses.
 */
export function showSaid(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => unshowable.reduce((rest, pattern) => rest.replaceAll(pattern, ""), line).trim())
    .map((line) => line.replaceAll(/(?<scheme>:\/\/)[^\s/@]*@/g, "$<scheme>"))
    .filter((line) => line !== "")
    .slice(-5)
    .map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line));
}

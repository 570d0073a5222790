/**
 * Shortens a text to 16 hexadecimal digits. It is there to notice a change, and
 * no defence against somebody who looks for two texts with the same digits.
 */
export function digest(text: string): string {
  let low = 0x811c_9dc5;
  let high = 0x9dc5_811c;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x0100_0193);
    high = Math.imul(high ^ code ^ (low >>> 15), 0x5bd1_e995);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

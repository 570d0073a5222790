/** Gives a text that tells contents apart in tests, in the form of a sha256; it protects nothing. */
export function textDigest(text: string): string {
  const parts = Array.from({ length: 8 }, (_, seed) => {
    let hash = 0x811c9dc5 ^ (seed * 0x9e3779b1);
    for (let index = 0; index < text.length; index++)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193 + seed * 2);
    return (hash >>> 0).toString(16).padStart(8, "0");
  });
  return parts.join("");
}

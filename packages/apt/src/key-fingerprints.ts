import { createHash } from "node:crypto";

/** Renders a keyring in binary, as gpgv wants it, from either form that keyrings have. */
export function renderBinaryKeyring(file: Buffer): Buffer {
  if (!file.subarray(0, 200).toString("latin1").includes("-----BEGIN PGP")) return file;
  const blocks = file.toString("latin1").matchAll(/-----BEGIN PGP [^\n]*-----\r?\n(?<block>.*?)-----END PGP/gs);
  return Buffer.concat(
    [...blocks].map(({ groups }) => {
      // Headers end with an empty line; a line that begins with "=" is a checksum.
      const body = (groups?.["block"] ?? "").replace(/^(?:[^\n]*: [^\n]*\n)*\r?\n/, "").replace(/^=.*$/ms, "");
      return Buffer.from(body, "base64");
    }),
  );
}

/** Lists the fingerprints of the primary keys of a binary keyring, upper case; what cannot be read ends the list. */
export function listFingerprints(keyring: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < keyring.length;) {
    const packet = readPacket(keyring, at);
    if (packet === undefined) break;
    const fingerprint = packet.tag === publicKey ? fingerprintOf(packet.body) : undefined;
    if (fingerprint !== undefined) found.push(fingerprint);
    at = packet.end;
  }
  return found;
}

const publicKey = 6;

interface Packet {
  readonly tag: number;
  readonly body: Buffer;
  readonly end: number;
}

/** @see https://www.rfc-editor.org/rfc/rfc4880#section-4.2 */
function readPacket(bytes: Buffer, at: number): Packet | undefined {
  const head = bytes[at] ?? 0;
  if ((head & 0x80) === 0) return undefined;
  const isNew = (head & 0x40) !== 0;
  const length = isNew ? readNewLength(bytes, at + 1) : readOldLength(bytes, at + 1, head & 3);
  if (length === undefined) return undefined;
  const end = length.start + length.size;
  if (end > bytes.length) return undefined;
  return { tag: isNew ? head & 0x3f : (head >> 2) & 0xf, body: bytes.subarray(length.start, end), end };
}

interface Length {
  readonly start: number;
  readonly size: number;
}

function readNewLength(bytes: Buffer, at: number): Length | undefined {
  const first = bytes[at] ?? 0;
  if (first < 192) return { start: at + 1, size: first };
  if (first < 224) return { start: at + 2, size: (first - 192) * 256 + (bytes[at + 1] ?? 0) + 192 };
  // Other lengths are of packets in pieces, which keys never are.
  return first === 255 && at + 5 <= bytes.length ? { start: at + 5, size: bytes.readUInt32BE(at + 1) } : undefined;
}

function readOldLength(bytes: Buffer, at: number, type: number): Length | undefined {
  const width = [1, 2, 4][type];
  if (width === undefined || at + width > bytes.length) return undefined;
  return { start: at + width, size: bytes.readUIntBE(at, width) };
}

/** Keys of version 4 have 40 digits, those of version 6 have 64. */
function fingerprintOf(body: Buffer): string | undefined {
  const hashed = body[0] === 4 ? { name: "sha1", head: 0x99, width: 2 } : { name: "sha256", head: 0x9b, width: 4 };
  if (body[0] !== 4 && body[0] !== 6) return undefined;
  const head = Buffer.alloc(1 + hashed.width);
  head[0] = hashed.head;
  head.writeUIntBE(body.length, 1, hashed.width);
  return createHash(hashed.name).update(head).update(body).digest("hex").toUpperCase();
}

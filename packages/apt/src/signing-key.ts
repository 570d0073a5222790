import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";

/** Signs texts as `gpg --clear-sign` does, with a key that is made of a name: equal names have equal keys. */
export class SigningKey {
  readonly #key: ReturnType<typeof createPrivateKey>;
  readonly #body: Buffer;
  readonly #name: string;

  constructor(name: string) {
    const seed = createHash("sha256").update(name).digest();
    // The beginning is that of every private Ed25519 key in PKCS #8.
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
    this.#name = `${name} <${name}@archive.example>`;
    this.#key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    const point = createPublicKey(this.#key).export({ format: "der", type: "spki" }).subarray(-32);
    // RFC 4880 5.5.2: version 4, when it was made, algorithm 22 (EdDSA), the curve Ed25519.
    const curve = Buffer.from("092b06010401da470f01", "hex");
    const mark = Buffer.from([0x40]);
    this.#body = Buffer.concat([Buffer.from([4]), uint32(made), Buffer.from([22]), curve, integer(mark, point)]);
  }

  /** Fingerprint: 40 hexadecimal digits, upper case. */
  get fingerprint(): string {
    return this.#fingerprint().toString("hex").toUpperCase();
  }

  /** Renders the keyring that has its public half, binary as gpgv reads it. */
  renderKeyring(): Buffer {
    const name = Buffer.from(this.#name);
    const named = Buffer.concat([Buffer.from([0xb4]), uint32(name.length), name]);
    // 0x13: somebody looked well; flags 3: it certifies and signs.
    const own = this.#sign(Buffer.concat([this.#hashedKey(), named]), 0x13, [subpacket(27, Buffer.from([3]))]);
    return Buffer.concat([packet(6, this.#body), packet(13, name), packet(2, own)]);
  }

  /** Renders the same as text: what Debian has in files named `.asc`. */
  renderArmoredKeyring(): string {
    return armor("PUBLIC KEY BLOCK", this.renderKeyring());
  }

  /** Signs a text. Several keys can sign one. @param others who sign it, too */
  clearSign(text: string, others: readonly SigningKey[] = []): string {
    const lines = text.replace(/\n$/, "").split("\n");
    const signatures = [this, ...others].map((key) => key.#signText(lines));
    const escaped = lines.map((line) => (line.startsWith("-") ? `- ${line}` : line));
    return [
      "-----BEGIN PGP SIGNED MESSAGE-----",
      "Hash: SHA512",
      "",
      ...escaped,
      armor("SIGNATURE", Buffer.concat(signatures)),
    ].join("\n");
  }

  #signText(lines: readonly string[]): Buffer {
    const canonical = lines.map((line) => line.replace(/[ \t\r]+$/, "")).join("\r\n");
    return packet(2, this.#sign(Buffer.from(canonical), 0x01, []));
  }

  #sign(content: Buffer, type: number, extra: readonly Buffer[]): Buffer {
    const issuer = Buffer.concat([Buffer.from([4]), this.#fingerprint()]);
    const hashed = Buffer.concat([subpacket(33, issuer), subpacket(2, uint32(made)), ...extra]);
    // RFC 4880 5.2.3: version 4, type, EdDSA, SHA-512.
    const head = Buffer.concat([Buffer.from([4, type, 22, 10]), uint16(hashed.length), hashed]);
    const trailer = Buffer.concat([Buffer.from([4, 0xff]), uint32(head.length)]);
    const digest = createHash("sha512").update(content).update(head).update(trailer).digest();
    const signature = sign(null, digest, this.#key);
    const open = subpacket(16, this.#fingerprint().subarray(-8));
    return Buffer.concat([
      head,
      uint16(open.length),
      open,
      digest.subarray(0, 2),
      integer(signature.subarray(0, 32)),
      integer(signature.subarray(32)),
    ]);
  }

  #fingerprint(): Buffer {
    return createHash("sha1").update(this.#hashedKey()).digest();
  }

  #hashedKey(): Buffer {
    return Buffer.concat([Buffer.from([0x99]), uint16(this.#body.length), this.#body]);
  }
}

/** Moment at which every key was made, and signs, in seconds. */
const made = Date.UTC(2024, 0, 1) / 1000;

function packet(tag: number, body: Buffer): Buffer {
  // RFC 4880 4.2.2: the new format; five octets of length fit any.
  return Buffer.concat([Buffer.from([0xc0 | tag, 0xff]), uint32(body.length), body]);
}

function subpacket(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([body.length + 1, type]), body]);
}

/** A number of any length, most significant first, after its length in bits. */
function integer(...pieces: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(pieces);
  const start = bytes.findIndex((byte) => byte !== 0);
  const rest = start < 0 ? Buffer.alloc(0) : bytes.subarray(start);
  const bits = rest.length === 0 ? 0 : rest.length * 8 - Math.clz32(rest[0] ?? 0) + 24;
  return Buffer.concat([uint16(bits), rest]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function armor(kind: string, content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN PGP ${kind}-----`, "", ...lines, `-----END PGP ${kind}-----`, ""].join("\n");
}

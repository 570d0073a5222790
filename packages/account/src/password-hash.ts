/** Methods of crypt(5) with their prefix. The oldest, of 13 letters, is left out: any word of 13 letters looks like it. */
const methods: readonly RegExp[] = [
  /^\$g?y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}$/,
  /^\$7\$[./A-Za-z0-9]{11,97}\$[./A-Za-z0-9]{43}$/,
  /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/,
  /^\$6\$(?:rounds=\d{4,9}\$)?[^$:\s!*\\]{1,16}\$[./A-Za-z0-9]{86}$/,
  /^\$5\$(?:rounds=\d{4,9}\$)?[^$:\s!*\\]{1,16}\$[./A-Za-z0-9]{43}$/,
];

/**
 * Tells whether a text is a hash that login takes, or "!" and "*" with which
 * no password fits. "!" before a hash locks it, as usermod --lock does.
 *
 * @see crypt(5)
 */
export function isPasswordHash(text: string): boolean {
  const hash = text.startsWith("!") ? text.slice(1) : text;
  return text === "!" || text === "*" || methods.some((method) => method.test(hash));
}

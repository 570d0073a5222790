/** Renders a name and a password for a header. */
export function renderBasic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** Makes a header of the name and the password in an address; none where it has none. */
export function headerOf({ password, username }: URL, name: string): Record<string, string> {
  return username === "" ? {} : { [name]: renderBasic(decode(username), decode(password)) };
}

/** What is not encoded as it should be is taken as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

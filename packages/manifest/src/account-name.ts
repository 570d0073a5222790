/** A name of a user or group as Debian and systemd take it, or its number. */
export const namePattern: RegExp = /^(?:[a-z_][a-z0-9_-]{0,30}\$?|[0-9]{1,10})$/;

/** Says what is wrong with the name, or number, of a user or group. */
export function checkAccount(name: string): string | undefined {
  return namePattern.test(name)
    ? undefined
    : "An account is named with up to 31 small letters, digits, _ and -, and starts with no digit; or it is a number";
}

/** Says what is wrong with a name that is given to a user or group. */
export function checkAccountName(name: string): string | undefined {
  return /^[0-9]/.test(name) ? "The name of an account starts with no digit" : checkAccount(name);
}

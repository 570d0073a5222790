import type { PackageSource } from "@firn/package-manager";
import { AptFailure, describeProblem } from "./apt-failure.ts";

/** Tells whether a text can be the name of a package, so that apt takes it for nothing else: an option, a pattern. */
export function isPackageName(text: string): boolean {
  return /^[a-z0-9][a-z0-9+.-]*$/i.test(text);
}

/** Tells whether a text is a name of a package, alone or with its version or release. */
export function isPackageWord(text: string): boolean {
  const [name = "", ...rest] = text.split(/[=/]/);
  return isPackageName(name) && rest.length < 2 && rest.every((part) => /^[a-z0-9][a-z0-9.+:~-]*$/i.test(part));
}

/** Checks what is written into files that apt reads: it must not be able to say more there than a name. @throws AptFailure "bad-source" */
export function assertPlain(source: PackageSource, architecture?: string): void {
  const parts = [...(source.parts["suites"] ?? []), ...(source.parts["components"] ?? [])];
  const architectures = [...source.architectures, ...(architecture === undefined ? [] : [architecture])];
  const bad =
    parts.find((part) => !/^[a-z0-9][a-z0-9._~+-]*(?:\/[a-z0-9._~+-]*[a-z0-9])*$/i.test(part)) ??
    architectures.find((one) => !/^[a-z0-9][a-z0-9-]*$/.test(one));
  if (bad === undefined) return;
  throw new AptFailure(
    describeProblem({
      code: "bad-source",
      message: `Cannot read ${JSON.stringify(bad)}: no suite, component or architecture has such a name`,
      fix: "Correct the name",
    }),
  );
}

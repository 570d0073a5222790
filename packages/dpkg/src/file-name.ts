import type { PackagePin } from "@firn/package-manager";

/** Names the file of a package as apt does: a colon of its version would be read as part of an address. */
export function fileNameOf({
  name,
  version,
  architecture,
}: Pick<PackagePin, "name" | "version" | "architecture">): string {
  return `${name}_${version.replaceAll(":", "%3a")}_${architecture}.deb`;
}

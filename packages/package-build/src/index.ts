export { buildPackage, type BuiltPackage, type PackageToBuild } from "./build-package.ts";
export { hashFolder } from "./folder-hash.ts";

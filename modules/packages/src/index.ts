import { nameChecked } from "@modules/explained-types";
import { defineModule, option, types } from "firn";
import { ownPackage } from "./own-package.ts";
import { chosenPackage, packageNames, packageSet } from "./package-set.ts";

export {
  chosenPackage,
  packageNames,
  packageSet,
  treeOptions,
  wantedPackage,
  type WantedPackage,
} from "./package-set.ts";

/** Packages of the distribution, pinned by the lock. */
export default defineModule({
  name: "packages",
  options: {
    environment: {
      packages: option({
        type: packageSet,
        default: {},
        example: ["git", "ripgrep"],
        description: "Packages that the host has, in the versions of the lock, with all that they need",
      }),
    },
    packages: {
      architecture: option({
        type: types.enum(["amd64", "arm64", "armhf", "i386", "ppc64el", "riscv64", "s390x"]),
        default: "amd64",
        description: "Architecture of the host, as its distribution names it",
      }),
      sources: option({
        type: types.nullOr(types.listOf(types.nonEmptyStr)),
        default: null,
        example: ["debian", "security"],
        description:
          "Names of the inputs that packages come from without being named; null: all package sources of the flake that are not on request",
      }),
      choose: option({
        type: types.attrsOf(nameChecked(chosenPackage, packageNames)),
        default: {},
        example: { openssl: { version: "3.0.15-1~deb12u1" } },
        description: "Where packages come from, and in which version, when they are there because others need them",
      }),
      own: option({
        type: types.attrsOf(nameChecked(ownPackage, packageNames)),
        default: {},
        example: {
          greet: {
            version: "1",
            sources: { greet: { text: "#!/bin/sh\necho hello\n" } },
            install: { "usr/bin/greet": "greet" },
          },
        },
        description:
          "Packages that the flake makes itself, by name; they are preferred to those of the same name that sources have, and are asked for like them",
      }),
      exclude: option({
        type: types.listOf(types.nonEmptyStr),
        default: [],
        example: ["apache2"],
        description: "Packages that must not come with any other",
      }),
    },
  },
});

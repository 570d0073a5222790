import { treeOptions } from "@modules/packages";
import { defineModule, mkBefore } from "firn";
import { homeEnvironment } from "./home-environment.ts";

/** Where the engine puts the programs, below the home: a link that changes with them. */
const profile = "$HOME/.local/share/firn/profile";

/** Lines of sh that lead to the profile of whoever runs them, if there is one: once, however many shells are in shells. */
export const profileLines: string = [
  `case ":$PATH:" in *":${profile}/bin:"*) ;; *)`,
  `  [ ! -d "${profile}/bin" ] || PATH="${profile}/bin:$PATH"`,
  `  [ ! -d "${profile}/share" ] || export XDG_DATA_DIRS="${profile}/share:\${XDG_DATA_DIRS:-/usr/local/share:/usr/share}" ;;`,
  "esac",
  "",
].join("\n");

/** Packages that one user has, which the machine need not have. */
export const homePackages = defineModule({
  name: "home-packages",
  imports: [homeEnvironment],
  options: treeOptions(
    "Packages whose programs the user has, in the versions of the lock; they see these and what they need as /usr, and nothing is installed",
  ),
  config({ config }, define) {
    if (hasPackages(config)) define({ environment: { shellInit: mkBefore(profileLines) } });
  },
});

/** Tells whether a home has packages. */
export function hasPackages({
  packages,
}: {
  readonly packages: { readonly [name: string]: { readonly enable: boolean } };
}): boolean {
  return Object.values(packages).some(({ enable }) => enable);
}

import { defineModule, mkForce, option, types } from "firn";

const packages = defineModule({
  options: { packages: option({ type: types.listOf(types.str), default: ["git", "nano"] }) },
});

// Removing an element from what others define asks for the value before the definition.
export default defineModule({
  imports: [packages],
  config({ config }, define) {
    define({ packages: ["vim"] });
    define({ packages: mkForce(config.packages.filter((name) => name !== "nano")) });
  },
});

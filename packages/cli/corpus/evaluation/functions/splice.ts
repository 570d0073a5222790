import { defineModule, option, types } from "firn";

const packages = defineModule({
  options: {
    packages: option({ type: types.listOf(types.str), default: [] }),
    text: option({ type: types.str, default: "" }),
  },
});

export default defineModule({
  imports: [packages],
  config({ config }, define) {
    define({ packages: ["vim", "git"] });
    // @ts-expect-error The compiler refuses it too.
    define({ text: config.packages.splice(0, 1).join(" ") }); // blame
  },
});

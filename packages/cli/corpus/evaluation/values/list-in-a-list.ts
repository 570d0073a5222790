import { defineModule, option, types } from "firn";

const packages = defineModule({ options: { packages: option({ type: types.listOf(types.str), default: [] }) } });
const editors = ["vim", "nano"];

export default defineModule({
  imports: [packages],
  config(_, define) {
    define({
      packages: [
        "git",
        // @ts-expect-error The compiler refuses it too.
        editors, // blame
      ],
    });
  },
});

import { defineModule, option, types } from "firn";

const packages = defineModule({ options: { packages: option({ type: types.listOf(types.str), default: [] }) } });

export default defineModule({
  imports: [packages],
  config(_, define) {
    define({
      packages: [
        "vim",
        "git",
        // @ts-expect-error The compiler refuses it too.
        7, // blame
      ],
    });
  },
});

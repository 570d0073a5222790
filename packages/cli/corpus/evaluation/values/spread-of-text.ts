import { defineModule, option, types } from "firn";

const packages = defineModule({
  options: { packages: option({ type: types.listOf(types.enum(["vim", "git"])), default: [] }) },
});

export default defineModule({
  imports: [packages],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ packages: [..."vim"] }); // blame
  },
});

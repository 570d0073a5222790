import { defineModule, option, types } from "firn";

const packages = defineModule({ options: { packages: option({ type: types.listOf(types.str), default: ["git"] }) } });

export default defineModule({
  imports: [packages],
  config({ config }, define) {
    define({ packages: [...config.packages, "vim"] }); // blame
  },
});

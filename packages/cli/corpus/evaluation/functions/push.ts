import { defineModule, option, types } from "firn";

const packages = defineModule({ options: { packages: option({ type: types.listOf(types.str), default: [] }) } });

export default defineModule({
  imports: [packages],
  config({ config }) {
    // @ts-expect-error The compiler refuses it too.
    config.packages.push("vim"); // blame
  },
});

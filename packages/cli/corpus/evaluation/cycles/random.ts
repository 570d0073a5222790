import { defineModule, option, types } from "firn";

const host = defineModule({
  options: { password: option({ type: types.str, default: "" }), copy: option({ type: types.str, default: "" }) },
});
let calls = 0;

export default defineModule({
  imports: [host],
  config({ config }, define) {
    calls += 1;
    define({ password: `secret-${calls}`, copy: config.password }); // blame
  },
});

import { defineModule, mkForce, option, types } from "firn";

const host = defineModule({
  options: { systemPath: option({ type: types.path, readOnly: true, default: "/run/current-system" }) },
});

export default defineModule({
  imports: [host],
  config(_, define) {
    define({ systemPath: mkForce("/run/other") }); // blame
  },
});

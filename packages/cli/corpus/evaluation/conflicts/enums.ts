import { defineModule, option, types } from "firn";

const sshd = defineModule({ options: { permitRootLogin: option({ type: types.enum(["yes", "no"]) }) } });

export default defineModule({
  imports: [sshd],
  config(_, define) {
    define({ permitRootLogin: "yes" }); // blame
    define({ permitRootLogin: "no" });
  },
});

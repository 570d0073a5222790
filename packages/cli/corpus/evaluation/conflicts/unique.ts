import { defineModule, option, types } from "firn";

const host = defineModule({
  options: { hostName: option({ type: types.unique(types.str, "A machine has one name") }) },
});

export default defineModule({
  imports: [host],
  config(_, define) {
    define({ hostName: "web" }); // blame
    define({ hostName: "web" });
  },
});

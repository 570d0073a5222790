import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.attrListOf(types.str) }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: [{ listen: "80", root: "/srv" }], // blame
    });
  },
});

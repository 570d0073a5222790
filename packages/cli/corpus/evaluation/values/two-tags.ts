import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: {
    setting: option({ type: types.attrTag({ left: option({ type: types.int }), right: option({ type: types.int }) }) }),
  },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: { left: 1, right: 2 }, // blame
    });
  },
});

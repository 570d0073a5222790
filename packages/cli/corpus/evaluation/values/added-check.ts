import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: { setting: option({ type: types.addCheck(types.int, (value) => value % 2 === 0, "even integer") }) },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: 3, // blame
    });
  },
});

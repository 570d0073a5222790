import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.strMatching(/[a-z][a-z0-9-]*/) }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "Web_1", // blame
    });
  },
});

import { defineModule, option, types } from "firn";

const host = defineModule({ options: { hook: option({ type: types.raw }) } });

export default defineModule({
  imports: [host],
  config(_, define) {
    define({ hook: () => 1 }); // blame
    define({ hook: () => 2 });
  },
});

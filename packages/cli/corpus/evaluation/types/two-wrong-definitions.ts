import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str }) } });

export default defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: 7 }); // blame
    define({ editor: null });
  },
});

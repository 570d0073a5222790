import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str }) } });

export default defineModule({
  imports: [shell],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ editor: 7 }); // blame
    // @ts-expect-error The compiler refuses it too.
    define({ editor: null });
  },
});

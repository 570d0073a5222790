import { defineModule, option, types } from "firn";

const display = defineModule({
  options: {
    place: option({ type: types.attrTag({ left: option({ type: types.int }), right: option({ type: types.int }) }) }),
  },
});

export default defineModule({
  imports: [display],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ place: { lft: 1 } }); // blame
  },
});

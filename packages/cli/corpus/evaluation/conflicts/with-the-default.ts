import { defineModule, mkOptionDefault, option, types } from "firn";

const shell = defineModule({
  options: {
    editor: option({
      type: types.str,
      default: "ed", // blame
    }),
  },
});

export default defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: mkOptionDefault("vim") });
  },
});

import { defineModule, mkDefault, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str, default: "ed" }) } });

export default defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: mkDefault("vim") }); // blame
    define({ editor: mkDefault("emacs") });
  },
});

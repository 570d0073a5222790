import { defineModule, mkForce, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str }) } });

export default defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: mkForce("vim") }); // blame
    define({ editor: mkForce("emacs") });
    define({ editor: "nano" });
  },
});

import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str }) } });
const team = defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: "nano" }); // blame
  },
});
const company = defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: "emacs" });
  },
});

export default defineModule({
  imports: [team, company],
  config(_, define) {
    define({ editor: "vim" });
  },
});

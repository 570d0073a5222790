import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str }) } });
const team = defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: "nano" }); // blame
  },
});

export default defineModule({
  imports: [team],
  config(_, define) {
    define({ editor: "vim" });
  },
});

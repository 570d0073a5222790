import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str }) } });

// Equal definitions do not contradict each other.
export default defineModule({
  imports: [shell],
  config(_, define) {
    define({ editor: "vim" });
    define({ editor: "vim" });
  },
});

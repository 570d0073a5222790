import { defineModule, mkDefault, option, types } from "firn";

const shell = defineModule({ options: { editor: option({ type: types.str, default: "nano" }) } });

// A definition that loses is not checked, as in NixOS.
export default defineModule({
  imports: [shell],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ editor: mkDefault(7) });
    define({ editor: "vim" });
  },
});

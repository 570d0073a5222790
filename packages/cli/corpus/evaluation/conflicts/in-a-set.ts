import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { variables: option({ type: types.attrsOf(types.str), default: {} }) } });

export default defineModule({
  imports: [shell],
  config(_, define) {
    define({ variables: { EDITOR: "vim", PAGER: "less" } }); // blame
    define({ variables: { EDITOR: "emacs" } });
  },
});

import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { variables: option({ type: types.attrsOf(types.str), default: {} }) } });

export default defineModule({
  imports: [shell],
  config(_, define) {
    define({
      variables: {
        EDITOR: "vim",
        // @ts-expect-error The compiler refuses it too.
        HISTSIZE: 1000, // blame
      },
    });
  },
});

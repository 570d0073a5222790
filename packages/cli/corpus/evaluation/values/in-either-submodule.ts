import { defineModule, option, types } from "firn";

const source = types.submodule({
  options: { text: option({ type: types.str }), mode: option({ type: types.str, default: "0644" }) },
});
const files = defineModule({
  options: { files: option({ type: types.attrsOf(types.either(types.str, source)), default: {} }) },
});

export default defineModule({
  imports: [files],
  config(_, define) {
    define({
      files: {
        motd: "hello",
        issue: {
          text: "welcome",
          // @ts-expect-error The compiler refuses it too.
          mode: 0o600, // blame
        },
      },
    });
  },
});

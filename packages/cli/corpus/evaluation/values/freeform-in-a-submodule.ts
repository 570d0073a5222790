import { defineModule, option, types } from "firn";

const settings = types.submodule({
  freeform: types.attrsOf(types.str),
  options: { Port: option({ type: types.port, default: 22 }) },
});
const sshd = defineModule({ options: { sshd: { settings: option({ type: settings, default: {} }) } } });

export default defineModule({
  imports: [sshd],
  config(_, define) {
    define({
      sshd: {
        settings: {
          Port: 2222,
          // @ts-expect-error The compiler refuses it too.
          PermitRootLogin: false, // blame
        },
      },
    });
  },
});

import { defineModule, option, types } from "firn";

const user = types.submodule({ options: { home: option({ type: types.path, default: "/home" }) } });
const users = defineModule({
  options: {
    users: option({ type: types.attrsOf(user), default: {} }),
    backup: option({ type: types.str, default: "" }),
  },
});

export default defineModule({
  imports: [users],
  config({ config }, define) {
    define({ users: { ann: { home: "/home/ann" } } });
    // @ts-expect-error The compiler refuses it too.
    define({ backup: config.users["bob"].home }); // blame
  },
});

import { defineModule, option, types } from "firn";

const user = types.submodule({ options: { name: option({ type: types.str }), uid: option({ type: types.int }) } });
const users = defineModule({ options: { users: option({ type: types.listOf(user), default: [] }) } });

export default defineModule({
  imports: [users],
  config(_, define) {
    define({ users: [{ name: "ann", uid: 1000 }] });
    define({
      users: [
        {
          name: "bob",
          // @ts-expect-error The compiler refuses it too.
          uid: "1001", // blame
        },
      ],
    });
  },
});

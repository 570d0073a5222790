import { defineModule, option, types } from "firn";

const user = types.submodule({
  options: { name: option({ type: types.str }), groups: option({ type: types.listOf(types.str), default: [] }) },
});
const users = defineModule({ options: { users: option({ type: types.listOf(user), default: [] }) } });

export default defineModule({
  imports: [users],
  config(_, define) {
    define({
      users: [
        { name: "ann" },
        {
          name: "bob",
          // @ts-expect-error The compiler refuses it too.
          group: ["wheel"], // blame
        },
      ],
    });
  },
});

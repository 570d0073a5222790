import { defineModule, option, types } from "firn";

const startsWithText = types.addCheck(
  types.listOf(types.str),
  // @ts-expect-error The compiler refuses it too.
  (value) => value[0].length > 0, // blame
  "list that starts with text",
);
const declared = defineModule({ options: { setting: option({ type: startsWithText }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({ setting: [] });
  },
});

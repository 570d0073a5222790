import { defineModule, lazy, option, types } from "firn";

const forever: ReturnType<typeof lazy<string>> = lazy(() => forever);

export default defineModule({
  options: { name: option({ type: types.str }) },
  config(_given, define) {
    define({ name: forever }); // blame
  },
});

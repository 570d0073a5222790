import { defineModule, option, types } from "firn";

const settings: Record<string, unknown> = { name: "web" };
settings["self"] = settings;

export default defineModule({
  options: { settings: option({ type: types.json }) },
  config(_given, define) {
    define({ settings: settings as never }); // blame
  },
});

import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { variables: option({ type: types.attrsOf(types.str), default: {} }) } });

export default defineModule({
  imports: [shell],
  config({ config }) {
    // @ts-expect-error The compiler refuses it too.
    config.variables["EDITOR"] = "vim"; // blame
  },
});

import { defineModule, option, types } from "firn";

const host = types.submodule({
  args: { zone: types.str },
  options: { domain: option({ type: types.str, default: "" }) },
  config({ args, name }, define) {
    define({ domain: `${name}.${args.zone}` }); // blame
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { www: {} } });
  },
});

import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: { ssl: option({ type: types.bool, default: false }) },
  config({ config, warn }) {
    if (!config.ssl) warn("everybody can read what it sends"); // blame
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});

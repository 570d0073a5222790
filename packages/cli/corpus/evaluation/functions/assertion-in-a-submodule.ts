import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: {
    ssl: option({ type: types.bool, default: false }),
    certificate: option({ type: types.nullOr(types.path), default: null }),
  },
  config({ config, assert }) {
    assert(!config.ssl || config.certificate !== null, "a host with ssl needs a certificate"); // blame
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": { ssl: true } } });
  },
});

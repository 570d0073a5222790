import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: {
    ports: option({ type: types.attrsOf(types.port), default: {} }),
    first: option({ type: types.str, default: "" }),
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ first: config.ports["http"].toFixed() }); // blame
  },
});

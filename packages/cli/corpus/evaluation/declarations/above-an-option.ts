import { defineModule, option, types } from "firn";

const apache = defineModule({
  options: {
    web: { port: option({ type: types.port, default: 80 }) }, // blame
  },
});
const nginx = defineModule({ options: { web: option({ type: types.attrsOf(types.str), default: {} }) } });

export default defineModule({ imports: [apache, nginx] });

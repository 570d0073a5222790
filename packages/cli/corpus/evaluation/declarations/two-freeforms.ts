import { defineModule, types } from "firn";

const ini = defineModule({ freeform: types.attrsOf(types.str) });
const toml = defineModule({
  freeform: types.attrsOf(types.listOf(types.str)), // blame
});

export default defineModule({ imports: [ini, toml] });

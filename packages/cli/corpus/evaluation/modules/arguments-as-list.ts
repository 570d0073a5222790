import { defineModule, option, types } from "firn";

export default defineModule({
  options: { port: option({ type: types.listOf(types.port), default: [] }) },
  freeform: types.attrsOf(types.str),
  // @ts-expect-error The compiler refuses it too.
  args: [], // blame
});

import { defineModule, option, types } from "firn";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    ports: option({ type: types.attrsOf(types.listOf("port")), default: {} }), // blame
  },
});

import { defineModule, option, types } from "firn";

const rule = types.submodule({
  options: { port: option({ type: types.port }), comment: option({ type: types.str, default: "" }) },
});
const firewall = defineModule({
  options: {
    rules: option({ type: types.listOf(types.coercedTo(types.port, (port) => ({ port }), rule)), default: [] }),
  },
});

export default defineModule({
  imports: [firewall],
  config(_, define) {
    define({
      rules: [
        22,
        // @ts-expect-error The compiler refuses it too.
        { port: 80, coment: "web" }, // blame
      ],
    });
  },
});

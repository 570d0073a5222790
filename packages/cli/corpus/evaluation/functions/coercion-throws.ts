import { defineModule, option, types } from "firn";

const rule = types.submodule({ options: { port: option({ type: types.port }) } });
const firewall = defineModule({
  options: {
    rules: option({
      type: types.listOf(
        types.coercedTo(
          types.str,
          (text) => {
            const port = Number(text.split("/")[0]);
            if (Number.isNaN(port)) throw new Error(`"${text}" does not start with a port`);
            return { port };
          },
          rule,
        ),
      ),
      default: [],
    }),
  },
});

export default defineModule({
  imports: [firewall],
  config(_, define) {
    define({
      rules: [
        "80/tcp",
        "http/tcp", // blame
      ],
    });
  },
});

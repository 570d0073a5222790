import { defineModule, option, types } from "firn";

const host = defineModule({
  options: { port: option({ type: types.port, default: 80 }), name: option({ type: types.str, default: "web" }) },
});

export default defineModule({
  imports: [host],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ port: "http" }); // blame
    define({ name: `${config.name.length}` === "3" ? "web" : "mail" });
  },
});

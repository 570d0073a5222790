import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { settings: option({ type: types.attrsOf(types.attrsOf(types.listOf(types.int))), default: {} }) },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      settings: {
        http: {
          ports: [
            80,
            // @ts-expect-error The compiler refuses it too.
            "443", // blame
          ],
        },
      },
    });
  },
});

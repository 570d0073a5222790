import { defineModule, option, types } from "firn";
import * as z from "zod";

const nginx = defineModule({
  options: {
    settings: option({ type: z.object({ listen: z.object({ port: z.number() }) }) }),
    port: option({ type: types.port, default: 80 }),
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ settings: { listen: { port: 8080 } } });
    // @ts-expect-error The compiler refuses it too.
    define({ port: config.settings.listne.port }); // blame
  },
});

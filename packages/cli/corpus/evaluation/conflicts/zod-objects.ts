import { defineModule, option } from "firn";
import * as z from "zod";

const nginx = defineModule({
  options: { settings: option({ type: z.object({ port: z.number(), tls: z.boolean().default(false) }) }) },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ settings: { port: 80 } }); // blame
    define({ settings: { port: 80, tls: true } });
  },
});

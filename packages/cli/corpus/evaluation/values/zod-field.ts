import { defineModule, option } from "firn";
import * as z from "zod";

const declared = defineModule({
  options: { setting: option({ type: z.object({ host: z.string(), port: z.number().int().max(65535) }) }) },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: { host: "mail.example", port: 70_000 }, // blame
    });
  },
});

import { defineModule, option } from "firn";
import * as z from "zod";

const declared = defineModule({
  options: { setting: option({ type: z.string().transform((text) => JSON.parse(text)) }) },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "{", // blame
    });
  },
});

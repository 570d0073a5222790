import { defineModule, option } from "firn";
import * as z from "zod";

const declared = defineModule({
  options: {
    setting: option({ type: z.string().refine((name) => !name.includes("_"), "must not contain an underscore") }),
  },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "my_host", // blame
    });
  },
});

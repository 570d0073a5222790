import { defineModule, option } from "firn";
import * as z from "zod";

const declared = defineModule({
  options: { setting: option({ type: z.string().refine(async (name) => name !== "root", "must not be root") }) },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "ann", // blame
    });
  },
});

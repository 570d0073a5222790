import { defineModule, option } from "firn";
import * as z from "zod";

const declared = defineModule({ options: { setting: option({ type: z.email() }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "root", // blame
    });
  },
});

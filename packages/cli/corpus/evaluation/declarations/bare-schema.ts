import { defineModule } from "firn";
import * as z from "zod";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    port: z.number().int(), // blame
  },
});

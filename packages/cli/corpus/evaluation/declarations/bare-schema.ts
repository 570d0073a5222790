import { defineModule } from "firn";
import * as z from "zod";

export default defineModule({
  options: {
    port: z.number().int(), // blame
  },
});

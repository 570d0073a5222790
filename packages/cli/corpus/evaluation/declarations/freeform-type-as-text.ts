import { defineModule } from "firn";

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  freeform: "string", // blame
});

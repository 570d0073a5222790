import { defineModule } from "firn";

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  args: { domain: "string" }, // blame
});

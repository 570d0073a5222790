import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  import: [nginx], // blame
});

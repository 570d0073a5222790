import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  // @ts-expect-error The compiler refuses it too.
  disabledModules: [7], // blame
});

import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });
const web = [nginx];

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: [web], // blame
});

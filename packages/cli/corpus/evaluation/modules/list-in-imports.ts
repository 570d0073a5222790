import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });
const web = [nginx];

export default defineModule({
  imports: [web], // blame
});

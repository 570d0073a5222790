import { defineModule, mkEnableOption } from "firn";

const nginx = { options: { services: { nginx: { enable: mkEnableOption("nginx") } } } };

export default defineModule({
  imports: [nginx], // blame
});

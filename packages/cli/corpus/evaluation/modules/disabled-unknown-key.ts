import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ key: "nginx", options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

// The key of a module that is not imported disables nothing.
export default defineModule({
  imports: [nginx],
  disabledModules: ["ngnix"],
});

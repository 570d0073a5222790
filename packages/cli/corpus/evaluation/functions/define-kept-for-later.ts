import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

// A call that comes after evaluation is not heard.
export default defineModule({
  imports: [nginx],
  config(_, define) {
    queueMicrotask(() => define({ services: { nginx: { enable: true } } }));
  },
});

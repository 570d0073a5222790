import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });
const names = ["nginx", "ngnix"];

export default defineModule({
  imports: [nginx],
  config(_, define) {
    for (const name of names) {
      define({ services: { [name]: { enable: true } } }); // blame
    }
  },
});

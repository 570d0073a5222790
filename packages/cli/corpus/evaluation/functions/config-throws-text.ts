import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });
const fail = (reason: string) => {
  throw reason;
};

export default defineModule({
  name: "nginx",
  imports: [nginx],
  config: () => fail("nginx is not packaged"), // blame
});

import { defineModule, mkEnableOption } from "firn";

async function load() {
  return defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });
}

export default defineModule({
  imports: [load()], // blame
});

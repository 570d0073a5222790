import { defineModule, mkEnableOption } from "firn";

async function load() {
  return defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });
}

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: [load()], // blame
});

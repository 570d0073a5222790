import { defineModule, option, types } from "firn";

function nginx(port: number) {
  return defineModule({ options: { port: option({ type: types.port, default: port }) } });
}

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: [nginx], // blame
});

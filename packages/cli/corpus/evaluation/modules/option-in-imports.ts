import { defineModule, option, types } from "firn";

const port = option({ type: types.port, default: 80 });

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: [port], // blame
});

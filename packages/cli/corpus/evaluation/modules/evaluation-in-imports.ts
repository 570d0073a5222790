import { defineModule, evaluate, option, types } from "firn";

const other = evaluate({ modules: [defineModule({ options: { port: option({ type: types.port, default: 80 }) } })] });

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: [other], // blame
});

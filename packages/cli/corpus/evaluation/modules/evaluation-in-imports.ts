import { defineModule, evaluate, option, types } from "firn";

const other = evaluate({ modules: [defineModule({ options: { port: option({ type: types.port, default: 80 }) } })] });

export default defineModule({
  imports: [other], // blame
});

import { defineModule, option, types } from "firn";

function declareNginx() {
  return defineModule({ options: { web: { port: option({ type: types.port, default: 80 }) } } }); // blame
}

export default defineModule({ imports: [declareNginx(), declareNginx()] });

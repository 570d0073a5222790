import { defineModule, option, types } from "firn";

const sshd = defineModule({ options: { port: option({ type: types.either(types.port, types.listOf(types.port)) }) } });

export default defineModule({
  imports: [sshd],
  config(_, define) {
    define({ port: 22 }); // blame
    define({ port: [22, 2222] });
  },
});

import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { port: option({ type: types.port, default: 80 }) },
  config({ config, assert }) {
    assert(config.port !== 22, "port 22 belongs to sshd"); // blame
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ port: 22 });
  },
});

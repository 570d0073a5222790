import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { port: option({ type: types.port, default: 80 }), workers: option({ type: types.int, default: 0 }) },
  config({ config, assert }) {
    assert(config.port > 0, "the port must not be 0");
    assert(config.port !== 22, "port 22 belongs to sshd"); // blame
    assert(config.workers > 0, "there must be a worker");
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ port: 22 });
  },
});

import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { port: option({ type: types.port, default: 80 }) },
  config({ config, warn }) {
    if (config.port < 1024) warn("nginx needs root to listen on a port below 1024"); // blame
  },
});

export default nginx;

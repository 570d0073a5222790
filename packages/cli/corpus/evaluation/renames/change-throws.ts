import { defineModule, mkChangedOptionModule, option, types } from "firn";

const nginx = defineModule({
  imports: [mkChangedOptionModule(["listen"], ["ports"], (port: string) => [Number(port.split(":")[1])])],
  options: { ports: option({ type: types.listOf(types.port), default: [80] }) },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ listen: 8080 }); // blame
  },
});

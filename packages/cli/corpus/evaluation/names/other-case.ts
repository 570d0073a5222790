import { defineModule, mkEnableOption, option, types } from "firn";

const firewall = defineModule({
  options: {
    networking: {
      firewall: {
        enable: mkEnableOption("the firewall"),
        allowedTCPPorts: option({ type: types.listOf(types.port), default: [] }),
        allowedUDPPorts: option({ type: types.listOf(types.port), default: [] }),
      },
    },
  },
});

export default defineModule({
  imports: [firewall],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ networking: { firewall: { allowedTcpPorts: [22] } } }); // blame
  },
});

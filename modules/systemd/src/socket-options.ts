import { mkDefault, option, types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { joinSettings, settingsOf, valueOf } from "./section-type.ts";
import { unitBasics } from "./unit-basics.ts";

const addresses = (setting: string, description: string) =>
  option({ type: types.listOf(valueOf("Socket", setting)), default: [], description });

const own = {
  listenStreams: addresses("ListenStream", "Addresses for streams: a port, address and port, or a path"),
  listenDatagrams: addresses("ListenDatagram", "Addresses for datagrams"),
  listenFifos: addresses("ListenFIFO", "Paths of named pipes"),
  socketConfig: option({
    type: settingsOf("Socket"),
    default: {},
    example: { Accept: true },
    description: "Settings of the [Socket] section, as systemd.socket(5) has them",
  }),
};

/** A socket, which starts a service when something arrives. */
export const socket = types.submodule({
  options: { ...unitBasics, ...own },
  config({ assert, config, name }, define) {
    const { listenDatagrams, listenFifos, listenStreams, socketConfig } = config;
    const listen = { ListenStream: listenStreams, ListenDatagram: listenDatagrams, ListenFIFO: listenFifos };
    const text = renderUnit(config, [["Socket", joinSettings(listen, socketConfig)]]);
    const full = `${name}.socket`;
    define({ name: full, text });
    if (!config.asDropIn) define({ wantedBy: mkDefault(["sockets.target"]) });
    assertUnit(assert, { basics: config, name: full, text });
  },
});

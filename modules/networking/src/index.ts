import { defineModule } from "firn";
import firewall from "./firewall.ts";
import hostName from "./host-name.ts";

/** Names of the host, and the firewall. */
export default defineModule({ name: "networking", imports: [hostName, firewall] });

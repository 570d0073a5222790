import { defineModule, option, types } from "firn";

const resolver = defineModule({
  options: {
    nameservers: option({
      type: types.addCheck(types.listOf(types.str), (servers) => servers.length <= 3, "list of at most three servers"),
      default: [],
    }),
  },
});
const office = defineModule({
  imports: [resolver],
  config(_, define) {
    define({ nameservers: ["10.0.0.1", "10.0.0.2"] }); // blame
  },
});

export default defineModule({
  imports: [office],
  config(_, define) {
    define({ nameservers: ["1.1.1.1", "9.9.9.9"] });
  },
});

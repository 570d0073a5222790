import { defineModule, option, types } from "firn";

const host = defineModule({
  options: {
    address: option({
      type: types.str,
      apply(address) {
        if (!address.includes("/")) throw new Error("an address ends with the length of its prefix, for example /24");
        return address.split("/");
      },
    }),
  },
});

export default defineModule({
  imports: [host],
  config(_, define) {
    define({ address: "192.0.2.1" }); // blame
  },
});

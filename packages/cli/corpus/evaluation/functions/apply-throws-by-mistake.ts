import { defineModule, option, types } from "firn";

const host = defineModule({
  options: {
    address: option({
      type: types.nullOr(types.str),
      default: null,
      // @ts-expect-error The compiler refuses it too.
      apply: (address) => address.split("/"), // blame
    }),
  },
});

export default host;

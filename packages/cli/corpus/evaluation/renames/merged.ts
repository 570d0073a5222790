import { defineModule, mkMergedOptionModule, option, types } from "firn";

const nginx = defineModule({
  imports: [
    mkMergedOptionModule([["address"], ["port"]], ["listen"], ([address = "*", port = 80]) => `${address}:${port}`),
  ],
  options: { listen: option({ type: types.str, default: "*:80" }) },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ port: 8080 }); // blame
  },
});

import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { domain: option({ type: types.str, default: "" }) } });

export default defineModule({
  imports: [nginx],
  config({ options }, define) {
    if (options.domain.highestPriority > 100) define({ domain: "a.example" }); // blame
  },
});

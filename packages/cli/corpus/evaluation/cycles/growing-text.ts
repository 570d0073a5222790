import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { profile: option({ type: types.lines, default: "set -u" }) } });

export default defineModule({
  imports: [shell],
  config({ config }, define) {
    define({ profile: `${config.profile}\nset -e` }); // blame
  },
});

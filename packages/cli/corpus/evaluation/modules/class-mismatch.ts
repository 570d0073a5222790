import { defineModule, option, types } from "firn";

const desktop = defineModule({
  name: "desktop",
  class: "home",
  options: { theme: option({ type: types.str, default: "dark" }) },
});
const account = types.submodule({
  class: "system",
  imports: [desktop], // blame
});

export default defineModule({
  options: { account: option({ type: account, default: {} }) },
});

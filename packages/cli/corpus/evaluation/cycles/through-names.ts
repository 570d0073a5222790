import { defineModule, option, types } from "firn";

const users = defineModule({
  options: {
    users: option({ type: types.attrsOf(types.str), default: { ann: "Ann" } }),
    groups: option({ type: types.attrsOf(types.str), default: {} }),
  },
});

export default defineModule({
  imports: [users],
  config({ config }, define) {
    for (const name of Object.keys(config.users)) define({ groups: { [`${name}s`]: name } }); // blame
    for (const name of Object.keys(config.groups)) define({ users: { [`${name}x`]: name } });
  },
});

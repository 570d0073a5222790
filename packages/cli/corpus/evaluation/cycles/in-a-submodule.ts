import { defineModule, option, types } from "firn";

const rectangle = types.submodule({
  options: { width: option({ type: types.int }), height: option({ type: types.int }) },
  config({ config }, define) {
    define({ width: config.height * 2 });
    define({ height: config.width / 2 }); // blame
  },
});
const screen = defineModule({ options: { windows: option({ type: types.attrsOf(rectangle), default: {} }) } });

export default defineModule({
  imports: [screen],
  config(_, define) {
    define({ windows: { main: {} } });
  },
});

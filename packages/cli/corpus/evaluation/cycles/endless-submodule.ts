import { defineModule, type Module, option, types } from "firn";

const tree = option({
  type: types.recursive("tree", () => types.attrsOf(types.submodule({ imports: [endless] }))),
  default: {},
});

const endless: Module<{ tree: typeof tree }> = defineModule({
  name: "endless",
  options: { tree },
  config(_given, define) {
    define({ tree: { child: {} } }); // blame
  },
});

export default endless;

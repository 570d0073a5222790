import { defineModule, option, types } from "firn";

const shell = defineModule({ options: { variables: option({ type: types.attrsOf(types.str), default: {} }) } });
const editors: { readonly [name: string]: string } = {};

export default defineModule({
  imports: [shell],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ variables: { EDITOR: editors["best"] } }); // blame
  },
});

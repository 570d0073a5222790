import { defineModule, option, types } from "firn";

const boot = defineModule({
  options: { boot: { loader: { grub: { theme: { color: option({ type: types.str, default: "blue" }) } } } } },
});

export default defineModule({
  imports: [boot],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ boot: { loader: { grub: { theme: { colour: "red" } } } } }); // blame
  },
});

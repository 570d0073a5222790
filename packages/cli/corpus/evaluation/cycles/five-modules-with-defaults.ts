import { defineModule, option, types } from "firn";

const numbers = defineModule({
  options: {
    a: option({ type: types.int, default: 0 }),
    b: option({ type: types.int, default: 0 }),
    c: option({ type: types.int, default: 0 }),
    d: option({ type: types.int, default: 0 }),
    e: option({ type: types.int, default: 0 }),
  },
});
const first = defineModule({
  imports: [numbers],
  config({ config }, define) {
    define({ a: config.b + 1 });
  },
});
const second = defineModule({
  imports: [numbers],
  config({ config }, define) {
    define({ b: config.c + 1 });
  },
});
const third = defineModule({
  imports: [numbers],
  config({ config }, define) {
    define({ c: config.d + 1 });
  },
});
const fourth = defineModule({
  imports: [numbers],
  config({ config }, define) {
    define({ d: config.e + 1 }); // blame
  },
});

export default defineModule({
  imports: [first, second, third, fourth],
  config({ config }, define) {
    define({ e: config.a + 1 });
  },
});

import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { ports: option({ type: types.listOf(types.port), default: [80] }) } });
const web = defineModule({ imports: [nginx] });
const blog = defineModule({ imports: [nginx] });

// One module object is one module, however often it is imported.
export default defineModule({ imports: [web, blog] });

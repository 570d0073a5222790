import { defineModule } from "firn";

/** TODO */
export default defineModule({ name: "environment" });

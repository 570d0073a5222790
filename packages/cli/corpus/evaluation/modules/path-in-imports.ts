import { defineModule } from "firn";

export default defineModule({
  imports: ["./hardware.ts"], // blame
});

/** Version of Firn, as `firn --version` prints it. */
export const version = "0.1.0";

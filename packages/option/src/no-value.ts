/** Stands for "no value": a merge that failed or found nothing. Never visible to modules. */
export const NO_VALUE: unique symbol = Symbol.for("firn.noValue") as never;

/** The shape of every other language: nothing missing, nothing else. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

/** Each class leaves its name on its prototype under this key, which two copies of the package share. */
export const KIND: unique symbol = Symbol.for("@rmq/nameserver.error") as never;

/** Marks an error class. */
export function brand(errorClass: { readonly prototype: object }, kind: string): void {
  Object.defineProperty(errorClass.prototype, KIND, { value: kind });
  Object.defineProperty(errorClass.prototype, "name", { value: kind, configurable: true, writable: true });
}

/** What bears a mark. */
export interface Kinded {
  readonly [KIND]?: string;
}

import type { JavaString } from "./java_null.ts";

/** Namespace whose keys are ordered topics and whose values their queues. */
export const ORDER_TOPIC_NAMESPACE = "ORDER_TOPIC_CONFIG";

/** Values by namespace and key — namesrv/kvconfig/KVConfigManager.java, whose tables are `HashMap`s: null is a name and a value like others. */
export class KvStore {
  readonly #namespaces = new Map<JavaString, Map<JavaString, JavaString>>();

  /** The value, or null where there is none. */
  get(namespace: JavaString, key: JavaString): JavaString {
    return this.#namespaces.get(namespace)?.get(key) ?? null;
  }

  /** All of a namespace; `undefined` where nothing was ever put into it. */
  list(namespace: JavaString): ReadonlyMap<JavaString, JavaString> | undefined {
    return this.#namespaces.get(namespace);
  }

  /** Sets a value. */
  put(namespace: JavaString, key: JavaString, value: JavaString): void {
    let values = this.#namespaces.get(namespace);
    if (values === undefined) this.#namespaces.set(namespace, values = new Map());
    values.set(key, value);
  }

  /** Removes a value; its namespace stays. */
  delete(namespace: JavaString, key: JavaString): void {
    this.#namespaces.get(namespace)?.delete(key);
  }
}

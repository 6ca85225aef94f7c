// Nothing: what is left is the runtime.
export {};

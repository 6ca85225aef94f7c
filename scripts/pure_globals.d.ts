// All that the pure rooms take from their surroundings: what every JavaScript runtime has, and ECMAScript does not describe.

declare class TextDecoder {
  constructor(label: "utf-8", options: { readonly fatal?: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { readonly written: number };
}
declare function btoa(binary: string): string;
/** Named in types only; nothing here listens. */
interface AbortSignal {
  readonly aborted: boolean;
}

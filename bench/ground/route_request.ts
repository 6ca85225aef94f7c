/** A frame that asks for the route of a topic, as the library writes it but for the opaque, which is fixed. */
export function routeRequest(topic: string): Uint8Array {
  const fields = { acceptStandardJsonOnly: "true", topic };
  const header = {
    code: 105,
    extFields: fields,
    flag: 0,
    language: "OTHER",
    opaque: 1_000_001,
    serializeTypeCurrentRPC: "JSON",
    version: 479,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(header));
  const frame = new Uint8Array(8 + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, 4 + bytes.length);
  view.setUint32(4, bytes.length);
  frame.set(bytes, 8);
  return frame;
}

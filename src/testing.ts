/**
 * A whole NameServer inside the process, and what authors of socket adapters need.
 *
 * @module
 */

export { adapterContract, type AdapterContractOptions } from "./server/adapter_contract.ts";
export type { ListenPeer, Peer, PeerSocket } from "./server/contract/peer.ts";
export { EmbeddedNameServer } from "./server/embedded_name_server.ts";
export { type EmbeddedOptions } from "./server/embedded_options.ts";
export { type EmulatedVersion } from "./server/emulation.ts";
export { type Faults } from "./server/faults.ts";

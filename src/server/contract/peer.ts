import type { Endpoint } from "../../socket/socket.ts";

/** The far end of one connection. It takes bytes from the network only when it is read. */
export interface PeerSocket {
  /** The next bytes, `null` at the end; rejects where the connection broke. */
  read(): Promise<Uint8Array | null>;
  /** Resolves when the network has taken the bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Says that no more bytes will come, and stays open for reading. */
  end(): void;
  /** Breaks the connection. */
  reset(): void;
}

/** A server that an adapter can dial. */
export interface Peer {
  /** Where it listens. */
  readonly endpoint: Endpoint;
  /** Connections accepted so far. */
  readonly acceptedCount: number;
  /** The next connection nobody has taken yet. */
  accept(): Promise<PeerSocket>;
  /** Stops listening and breaks what is open. */
  close(): Promise<void>;
}

/** Starts a {@link Peer}. */
export type ListenPeer = () => Promise<Peer>;

import { kindOf } from "../model/shape.ts";
import type { Endpoint } from "../socket/socket.ts";
import type { AddressSource } from "./address_source.ts";

/** Servers that are known: `"10.0.0.1:9876;ns2.example:9876;[::1]:9876"`, or a list of such. The port defaults to 9876. */
export type AddressList = string | readonly string[];

/** Servers to use: a list of them, or where the list comes from. */
export type Addresses = AddressList | AddressSource;

const DEFAULT_PORT = 9876;

/**
 * Addresses in their normal form: `host:port` as given, default port added, duplicates dropped, IPv6 in brackets with its zone id.
 *
 * @throws {TypeError} If one cannot be parsed, or there is none; the message names it.
 */
export function parseAddresses(addresses: AddressList): readonly string[] {
  const texts = listOf(addresses).flatMap((text) => text.split(";"));
  const normal = texts.filter((text) => text.trim() !== "").map(parseAddress);
  if (normal.length === 0) throw new TypeError(`Cannot use addresses ${JSON.stringify(addresses)}: there is none among them`);
  return [...new Set(normal)];
}

/** One address in its normal form. @throws {TypeError} If it is none, or several; the message names it. */
export function parseAddress(address: string): string {
  const text = address.trim();
  if (text.includes(",")) fail(text, 'separate addresses with ";", not ","');
  if (/^[a-z]+:\/\//i.test(text)) {
    fail(text, /^http/i.test(text) ? "it is a URL; give host:port, or addressServer(url)" : "it is a URL; give host:port");
  }
  const [, host = text, port] = (text.startsWith("[") ? IN_BRACKETS : PLAIN).exec(text) ?? [];
  if (isIpv6(text) || isIpv6(host)) fail(text, "put an IPv6 address in brackets, [::1]:9876");
  if (!isHost(host)) fail(text, `"${host}" is no host`);
  return `${host}:${port === undefined ? DEFAULT_PORT : parsePort(text, port)}`;
}

/** Where to dial an address in its normal form. */
export function endpointOf(address: string): Endpoint {
  const colon = address.lastIndexOf(":");
  return { hostname: address.slice(0, colon).replace(/^\[(.*)\]$/, "$1"), port: Number(address.slice(colon + 1)) };
}

/** The normal form of a host and a port. @throws {TypeError} If they are none. */
export function formatAddress(host: string, port: number): string {
  if (typeof host !== "string") throw new TypeError(`Cannot use host: it must be a string, not ${kindOf(host)}`);
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (bare.includes(":") && !isIpv6(bare)) fail(host, "its port is given beside it, so it must be a host alone");
  return parseAddress(`${bare.includes(":") ? `[${bare}]` : bare}:${port}`);
}

function listOf(addresses: AddressList): readonly string[] {
  const list: readonly string[] = typeof addresses === "string" ? [addresses] : addresses;
  if (Array.isArray(list) && list.every((text) => typeof text === "string")) return list;
  const expected = `"host:port;host:port", an array of strings, or an AddressSource`;
  throw new TypeError(`Cannot use addresses: they must be ${expected}, not ${kindOf(addresses)}`);
}

const HOST_NAME = /^[\p{L}\p{N}._-]+$/u;
const IN_BRACKETS = /^(\[[^\]]*\])(?::(.*))?$/s;
const PLAIN = /^(.*?)(?::([^:]*))?$/s;

function parsePort(text: string, digits: string): number {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (port < 1 || port > 65535) fail(text, `"${digits}" is no port from 1 to 65535`);
  return port;
}

function isHost(text: string): boolean {
  return text.startsWith("[") ? text.endsWith("]") && isIpv6(text.slice(1, -1)) : HOST_NAME.test(text);
}

/** Whether it is an IPv6 address, with or without a zone id (`fe80::1%eth0`). */
function isIpv6(text: string): boolean {
  const [ip, zone, ...rest] = text.split("%");
  return zone !== "" && rest.length === 0 && URL.canParse(`http://[${ip}]/`);
}

function fail(text: string, reason: string): never {
  throw new TypeError(`Cannot parse address "${text}": ${reason}`);
}

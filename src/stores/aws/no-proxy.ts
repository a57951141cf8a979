import { BlockList, isIP } from 'node:net';

/** Where a request goes. */
export interface Address {
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Whether an address is reached without a proxy: one of the machine itself, or one that NO_PROXY names, as Terraform
 * reads it. An entry without a meaning excepts nothing.
 *
 * @param entries `*`, `example.com` and `.example.com` (with and without the name itself, both with what is below),
 *   IP addresses and networks; all but a network may end with `:port`
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function isExempt(address: Address, entries: readonly string[]): boolean {
  return isLoopback(address.host) || entries.some((entry) => matches(entry.toLowerCase(), address));
}

function matches(entry: string, { host, port }: Address): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInNetwork(host, entry);
  const { name, port: onlyPort } = splitPort(entry);
  if (name === '' || (onlyPort !== undefined && onlyPort !== String(port))) return false;
  if (isIP(name)) return isIP(host) !== 0 && listed(host, (list) => list.addAddress(name, familyOf(name)));
  if (isIP(host)) return false;
  const domain = name.replace(/^\*\./, '.');
  return domain.startsWith('.') ? host.toLowerCase().endsWith(domain) : isWithin(host.toLowerCase(), domain);
}

const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

/** `name:port` and `[::1]:port`; without brackets, more than one colon is an IPv6 address. */
function splitPort(entry: string): { readonly name: string; readonly port?: string } {
  const [, bracketed, plain, port] = /^(?:\[(.*)\](?=:)|([^:]*))(?::([^:]*))?$/.exec(entry) ?? [];
  return { name: bracketed ?? plain ?? entry, port: port || undefined };
}

function isInNetwork(host: string, network: string): boolean {
  const [, address = '', bits = ''] = /^(.*)\/(\d{1,3})$/.exec(network) ?? [];
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (Number(bits) > longest || !isIP(host) || isIP(address) > isIP(host)) return false;
  return listed(host, (list) => list.addSubnet(address, Number(bits), familyOf(address)));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || isInNetwork(host, '127.0.0.0/8') || isInNetwork(host, '::1/128');
}

/** Whether an IP address is in the list that `fill` makes; an IPv4 address may be written as an IPv6 one. */
function listed(ip: string, fill: (list: BlockList) => void): boolean {
  const list = new BlockList();
  fill(list);
  return list.check(ip, familyOf(ip));
}

const familyOf = (ip: string) => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

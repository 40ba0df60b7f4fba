/** Ranges of IPv4 that lead nowhere outside: this host, private networks, link-local (metadata of clouds), reserved ones. */
const closed: Array<[network: string, bits: number]> = [
	['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3],
];

/** An IPv4 address as a number; undefined for what is none. */
function ipv4(host: string): number | undefined {
	const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1).map(Number);
	return parts?.every((part) => part < 256) ? parts.reduce((sum, part) => sum * 256 + part) : undefined;
}

const inNetwork = (address: number, network: string, bits: number) => Math.floor(address / 2 ** (32 - bits)) === Math.floor((ipv4(network) ?? -1) / 2 ** (32 - bits));

const isClosed = (address: number) => closed.some(([network, bits]) => inNetwork(address, network, bits));

/** The eight groups of an IPv6 address; undefined for what is none. */
function ipv6(host: string): number[] | undefined {
	const dotted = /^(.*:)(\d[\d.]*)$/.exec(host);
	const low = dotted ? ipv4(dotted[2] ?? '') : undefined;
	const text = dotted && low !== undefined ? `${dotted[1]}${Math.floor(low / 65536).toString(16)}:${(low % 65536).toString(16)}` : host;
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
	const missing = 8 - head.length - tail.length;
	if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
	const groups = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail];
	return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups.map((group) => parseInt(group, 16)) : undefined;
}

function isClosedV6(groups: number[]): boolean {
	const [first = 0, second = 0] = groups;
	const embedded = (at: number) => (groups[at] ?? 0) * 65536 + (groups[at + 1] ?? 0);
	const zeros = (until: number) => groups.slice(0, until).every((group) => group === 0);
	// Unspecified, loopback, and IPv4 written in either old way.
	if (zeros(6) || (zeros(5) && groups[5] === 0xffff)) return groups[5] === 0xffff || embedded(6) > 1 ? isClosed(embedded(6)) : true;
	// NAT64 and 6to4 carry an IPv4 address along.
	if (first === 0x64 && second === 0xff9b) return isClosed(embedded(6));
	if (first === 0x2002) return isClosed(embedded(1));
	return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 || (first & 0xffc0) === 0xfec0 || (first & 0xff00) === 0xff00 || (first === 0x2001 && second === 0);
}

/**
 * Whether a host is one that only the own machine or network knows, as far as its name or number tells: loopback, private,
 * link-local and metadata addresses, names without a dot, and the endings of such networks.
 *
 * @param host as `URL.hostname` gives it, or an address of a socket
 */
export function isPrivateHost(host: string): boolean {
	const plain = host.replace(/^\[|\]$/g, '').split('%', 1)[0]!.replace(/\.$/, '').toLowerCase();
	const number = ipv4(plain);
	if (number !== undefined) return isClosed(number);
	if (plain.includes(':')) {
		const groups = ipv6(plain);
		return groups === undefined || isClosedV6(groups);
	}
	return !plain.includes('.') || /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/.test(plain);
}

//! Networks that no report is fetched from: everything but the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const METADATA: &str = "a cloud's metadata service";
const PRIVATE: &str = "a private address";
const RESERVED: &str = "a reserved address";
const DOCUMENTATION: &str = "an address for documentation";
const OTHER_FORM: &str = "an IPv4 address in the form of an IPv6 one";

/// Networks of IPv4 with the number of their leading bits; the first that fits gives the reason. After the IANA
/// IPv4 Special-Purpose Address Registry (RFC 6890), and clouds' own addresses that it does not know.
const V4: &[([u8; 4], u32, &str)] = &[
    ([169, 254, 169, 254], 32, METADATA),
    ([169, 254, 170, 2], 32, METADATA),
    ([100, 100, 100, 200], 32, METADATA),
    ([192, 0, 0, 192], 32, METADATA),
    ([168, 63, 129, 16], 32, METADATA),
    ([0, 0, 0, 0], 32, "the unspecified address"),
    ([0, 0, 0, 0], 8, "an address of \"this network\""),
    ([10, 0, 0, 0], 8, PRIVATE),
    ([100, 64, 0, 0], 10, "an address shared behind a carrier's translation"),
    ([127, 0, 0, 0], 8, "a loopback address"),
    ([169, 254, 0, 0], 16, "a link-local address"),
    ([172, 16, 0, 0], 12, PRIVATE),
    ([192, 0, 0, 0], 24, RESERVED),
    ([192, 0, 2, 0], 24, DOCUMENTATION),
    ([192, 88, 99, 0], 24, "a 6to4 relay"),
    ([192, 168, 0, 0], 16, PRIVATE),
    ([198, 18, 0, 0], 15, "an address for benchmarks"),
    ([198, 51, 100, 0], 24, DOCUMENTATION),
    ([203, 0, 113, 0], 24, DOCUMENTATION),
    ([224, 0, 0, 0], 4, "a multicast address"),
    ([255, 255, 255, 255], 32, "the broadcast address"),
    ([240, 0, 0, 0], 4, RESERVED),
];

/// Networks of IPv6, likewise (IANA IPv6 Special-Purpose Address Registry). What carries an IPv4 address is refused
/// whole, whatever the address: no public site needs it. Outside `2000::/3` everything is refused, listed or not.
const V6: &[([u16; 8], u32, &str)] = &[
    ([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0], 32, METADATA),
    ([0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254], 128, METADATA),
    ([0, 0, 0, 0, 0, 0, 0, 0], 128, "the unspecified address"),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, "a loopback address"),
    ([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, OTHER_FORM),
    ([0, 0, 0, 0, 0xffff, 0, 0, 0], 96, OTHER_FORM),
    ([0, 0, 0, 0, 0, 0, 0, 0], 96, OTHER_FORM),
    ([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, OTHER_FORM),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64, "an address that discards"),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 32, "a Teredo address"),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, RESERVED),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, DOCUMENTATION),
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, "a 6to4 address"),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, DOCUMENTATION),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, PRIVATE),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "a link-local address"),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, PRIVATE),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "a multicast address"),
];

/// Where the unicast addresses of the public internet lie, `2000::/3` (RFC 4291).
const GLOBAL: ([u16; 8], u32) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// The prefix with which a translating network writes the public IPv4 internet (RFC 6052), `64:ff9b::/96`.
const TRANSLATED: ([u16; 8], u32) = ([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96);

/// What an address is that nothing is fetched from, in words; `None` for one of the public internet.
pub(super) fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refusal_v4(address),
        IpAddr::V6(address) => refusal_v6(address),
    }
}

fn refusal_v4(address: Ipv4Addr) -> Option<&'static str> {
    V4.iter()
        .find(|(network, bits, _)| {
            let differs = address.to_bits() ^ Ipv4Addr::from(*network).to_bits();
            differs.leading_zeros() >= *bits
        })
        .map(|(_, _, reason)| *reason)
}

fn refusal_v6(address: Ipv6Addr) -> Option<&'static str> {
    let within = |network: [u16; 8], bits: u32| {
        let differs = address.to_bits() ^ Ipv6Addr::from(network).to_bits();
        differs.leading_zeros() >= bits
    };
    if within(TRANSLATED.0, TRANSLATED.1) {
        // A network without IPv4 reaches every public site so: what counts is where the translation leads.
        return refusal_v4(Ipv4Addr::from_bits(address.to_bits() as u32));
    }
    let listed = V6.iter().find(|(network, bits, _)| within(*network, *bits)).map(|(_, _, reason)| *reason);
    listed.or_else(|| (!within(GLOBAL.0, GLOBAL.1)).then_some(RESERVED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// First and last address of every refused range, and a word of the reason.
    const REFUSED: &[(&str, &str)] = &[
        ("0.0.0.0", "unspecified"),
        ("0.0.0.1", "this network"),
        ("0.255.255.255", "this network"),
        ("10.0.0.0", "private"),
        ("10.255.255.255", "private"),
        ("100.64.0.0", "carrier"),
        ("100.127.255.255", "carrier"),
        ("100.100.100.200", "metadata"),
        ("127.0.0.0", "loopback"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.255", "loopback"),
        ("168.63.129.16", "metadata"),
        ("169.254.0.0", "link-local"),
        ("169.254.169.254", "metadata"),
        ("169.254.170.2", "metadata"),
        ("169.254.255.255", "link-local"),
        ("172.16.0.0", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.0", "reserved"),
        ("192.0.0.192", "metadata"),
        ("192.0.0.255", "reserved"),
        ("192.0.2.0", "documentation"),
        ("192.0.2.255", "documentation"),
        ("192.88.99.1", "6to4"),
        ("192.168.0.0", "private"),
        ("192.168.255.255", "private"),
        ("198.18.0.0", "benchmarks"),
        ("198.19.255.255", "benchmarks"),
        ("198.51.100.0", "documentation"),
        ("198.51.100.255", "documentation"),
        ("203.0.113.0", "documentation"),
        ("203.0.113.255", "documentation"),
        ("224.0.0.0", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.0", "reserved"),
        ("255.255.255.254", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::2", "IPv4"),
        ("::7f00:1", "IPv4"),
        ("::ffff:127.0.0.1", "IPv4"),
        ("::ffff:8.8.8.8", "IPv4"),
        ("::ffff:0:127.0.0.1", "IPv4"),
        ("64:ff9b::127.0.0.1", "loopback"),
        ("64:ff9b::10.1.2.3", "private"),
        ("64:ff9b::169.254.169.254", "metadata"),
        ("64:ff9b:1::8.8.8.8", "IPv4"),
        ("64:ff9b:2::1", "reserved"),
        ("100::1", "discards"),
        ("1fff:ffff::1", "reserved"),
        ("2001::1", "Teredo"),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", "Teredo"),
        ("2001:1ff:ffff::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("2002:808:808::1", "6to4"),
        ("3fff::1", "documentation"),
        ("3fff:fff:ffff::1", "documentation"),
        ("4000::1", "reserved"),
        ("5f00::1", "reserved"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "metadata"),
        ("fd00:ec2::23", "metadata"),
        ("fd20:ce::254", "metadata"),
        ("fdff:ffff::1", "private"),
        ("fe80::1", "link-local"),
        ("febf:ffff::1", "link-local"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
    ];

    /// Neighbours of the refused ranges, and addresses in the midst of the public internet.
    const PUBLIC: &[&str] = &[
        "1.0.0.0",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "203.0.114.0",
        "223.255.255.255",
        "64:ff9b::8.8.8.8",
        "2000::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "3ffe:ffff::1",
    ];

    #[test]
    fn every_range_is_refused_by_name() {
        for (address, word) in REFUSED {
            let reason = refusal(address.parse().unwrap());
            assert!(reason.is_some_and(|reason| reason.contains(word)), "{address}: {reason:?}, not {word}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for address in PUBLIC {
            assert_eq!(refusal(address.parse().unwrap()), None, "{address}");
        }
    }

    proptest! {
        /// What the standard library knows to be no public address is none here either.
        #[test]
        fn nothing_that_the_library_names_passes(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            let named = address.is_private() || address.is_loopback() || address.is_link_local()
                || address.is_multicast() || address.is_broadcast() || address.is_documentation()
                || address.is_unspecified();
            prop_assert!(!named || refusal(IpAddr::V4(address)).is_some());
        }

        /// No IPv6 form of a refused address passes.
        #[test]
        fn no_other_form_of_a_refused_address_passes(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            let [a, b] = [(bits >> 16) as u16, bits as u16];
            let forms = [
                address.to_ipv6_mapped(),
                address.to_ipv6_compatible(),
                Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, a, b),
                Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, a, b),
                Ipv6Addr::new(0x2002, a, b, 0, 0, 0, 0, 1),
                Ipv6Addr::new(0x2001, 0, 1, 1, 0, 0, !a, !b),
            ];
            for form in forms {
                prop_assert!(refusal(IpAddr::V4(address)).is_none() || refusal(IpAddr::V6(form)).is_some(), "{form}");
            }
        }
    }
}

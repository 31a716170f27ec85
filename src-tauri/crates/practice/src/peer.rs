//! Loopback is shared by all users of a machine: only connections of this user are served.

use std::net::SocketAddr;

/// Whether the process at the other end of a loopback connection runs as this user, or as root.
///
/// Linux says in `/proc/net/tcp` who owns a socket. Other systems offer nothing comparable without privileges; there
/// every local process is let in, which SECURITY.md says.
#[cfg(target_os = "linux")]
pub(crate) fn is_this_user(peer: SocketAddr, local: SocketAddr) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let Ok(this_user) = std::fs::metadata("/proc/self").map(|data| data.uid()) else { return false };
    // The table is read in pieces while it changes, so a row can be missed; it is then there the next time.
    (0..3).find_map(|_| owner(peer, local)).is_some_and(|owner| owner == this_user || owner == 0)
}

/// See above: not known here.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn is_this_user(_peer: SocketAddr, _local: SocketAddr) -> bool {
    true
}

/// The user id that owns the socket `peer` connected to `local`.
#[cfg(target_os = "linux")]
fn owner(peer: SocketAddr, local: SocketAddr) -> Option<u32> {
    let (table, peer, local) = match (peer, local) {
        (SocketAddr::V4(_), _) => ("/proc/net/tcp", hex(peer), hex(local)),
        (SocketAddr::V6(_), _) => ("/proc/net/tcp6", hex(peer), hex(local)),
    };
    let table = std::fs::read_to_string(table).ok()?;
    find_owner(&table, &peer, &local)
}

/// Finds the row "peer -> local" in the kernel's table: columns are slot, local address, remote address, state, queues,
/// timer, retransmits, uid.
#[cfg(target_os = "linux")]
fn find_owner(table: &str, peer: &str, local: &str) -> Option<u32> {
    table.lines().skip(1).find_map(|line| {
        let mut columns = line.split_ascii_whitespace().skip(1);
        (columns.next()? == peer && columns.next()? == local).then(|| columns.nth(4)?.parse().ok())?
    })
}

/// An address as the kernel prints it: each 32-bit word in the machine's byte order, then the port.
#[cfg(target_os = "linux")]
fn hex(address: SocketAddr) -> String {
    let words: String = match address {
        SocketAddr::V4(v4) => format!("{:08X}", u32::from_ne_bytes(v4.ip().octets())),
        SocketAddr::V6(v6) => v6
            .ip()
            .octets()
            .chunks_exact(4)
            .map(|word| format!("{:08X}", u32::from_ne_bytes([word[0], word[1], word[2], word[3]])))
            .collect(),
    };
    format!("{words}:{:04X}", address.port())
}

#[cfg(all(test, target_os = "linux", target_endian = "little"))]
mod tests {
    use super::*;

    const TABLE: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0 20 4 30 10 -1
   2: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
";

    #[test]
    fn the_client_end_is_found_not_ours() {
        let (peer, local) = ("127.0.0.1:50000".parse().unwrap(), "127.0.0.1:8080".parse().unwrap());
        assert_eq!(find_owner(TABLE, &hex(peer), &hex(local)), Some(1001));
        assert_eq!(find_owner(TABLE, &hex("127.0.0.1:50001".parse().unwrap()), &hex(local)), None);
    }

    #[test]
    fn our_own_connection_is_ours_and_a_stranger_is_not() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let local = listener.local_addr().unwrap();
        let client = std::net::TcpStream::connect(local).unwrap();
        assert!(is_this_user(client.local_addr().unwrap(), local));
        assert!(!is_this_user("127.0.0.1:1".parse().unwrap(), local));
    }
}

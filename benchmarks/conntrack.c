//===- conntrack.c - Lets in what belongs to a connection from here -------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

enum { OPENING = 1, ESTABLISHED, CLOSING };

#define SECOND 1000000000ULL
#define OPENING_TIMEOUT (30 * SECOND)
#define ESTABLISHED_TIMEOUT (7200 * SECOND)
#define CLOSING_TIMEOUT (10 * SECOND)

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

struct ends {
  __u32 local_addr;
  __u32 remote_addr;
  __u16 local_port;
  __u16 remote_port;
};

struct connection {
  __u32 state;
  __u64 opened;
  __u64 last_seen;
  __u64 packets_out;
  __u64 packets_in;
};

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __type(key, struct ends);
  __type(value, struct connection);
  __uint(max_entries, 65536);
} connections SEC(".maps");

enum { STRAY, EXPIRED };

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 2);
} refused SEC(".maps");

static void count_refused(__u32 why) {
  __u64 *count = bpf_map_lookup_elem(&refused, &why);

  if (count)
    __sync_fetch_and_add(count, 1);
}

static __u64 timeout_of(__u32 state) {
  switch (state) {
  case OPENING:
    return OPENING_TIMEOUT;
  case ESTABLISHED:
    return ESTABLISHED_TIMEOUT;
  default:
    return CLOSING_TIMEOUT;
  }
}

/* The IPv4 header of a TCP packet, with a TCP header behind it, or NULL. */
static struct iphdr *parse(struct __sk_buff *skb) {
  void *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  struct ethhdr *eth = data;
  struct iphdr *ip = (void *)(eth + 1);
  struct tcphdr *tcp = (void *)(ip + 1);

  if ((void *)(tcp + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP) ||
      ip->protocol != IPPROTO_TCP)
    return NULL;
  return ip;
}

SEC("tc")
int outgoing(struct __sk_buff *skb) {
  struct iphdr *ip = parse(skb);
  struct connection *connection;
  struct tcphdr *tcp;
  struct ends key;
  __u8 flags;
  __u64 now;

  if (!ip)
    return TC_ACT_OK;
  tcp = (void *)(ip + 1);
  now = bpf_ktime_get_ns();
  flags = ((__u8 *)tcp)[13];
  key.local_addr = ip->saddr;
  key.remote_addr = ip->daddr;
  key.local_port = bpf_ntohs(tcp->source);
  key.remote_port = bpf_ntohs(tcp->dest);
  if ((flags & (TCP_SYN | TCP_ACK)) == TCP_SYN) {
    struct connection fresh = {};

    fresh.state = OPENING;
    fresh.opened = now;
    fresh.last_seen = now;
    fresh.packets_out = 1;
    bpf_map_update_elem(&connections, &key, &fresh, BPF_ANY);
    return TC_ACT_OK;
  }
  connection = bpf_map_lookup_elem(&connections, &key);
  if (!connection)
    return TC_ACT_OK;
  __sync_fetch_and_add(&connection->packets_out, 1);
  connection->last_seen = now;
  if (flags & (TCP_FIN | TCP_RST))
    connection->state = CLOSING;
  return TC_ACT_OK;
}

SEC("tc")
int incoming(struct __sk_buff *skb) {
  struct iphdr *ip = parse(skb);
  struct connection *connection;
  struct tcphdr *tcp;
  struct ends key;
  __u8 flags;
  __u64 now;

  if (!ip)
    return TC_ACT_OK;
  tcp = (void *)(ip + 1);
  now = bpf_ktime_get_ns();
  flags = ((__u8 *)tcp)[13];
  key.local_addr = ip->daddr;
  key.remote_addr = ip->saddr;
  key.local_port = bpf_ntohs(tcp->dest);
  key.remote_port = bpf_ntohs(tcp->source);
  connection = bpf_map_lookup_elem(&connections, &key);
  if (!connection) {
    count_refused(STRAY);
    return TC_ACT_SHOT;
  }
  if (now - connection->last_seen > timeout_of(connection->state)) {
    bpf_map_delete_elem(&connections, &key);
    count_refused(EXPIRED);
    return TC_ACT_SHOT;
  }
  __sync_fetch_and_add(&connection->packets_in, 1);
  connection->last_seen = now;
  if (flags & (TCP_FIN | TCP_RST))
    connection->state = CLOSING;
  else if (connection->state == OPENING &&
           (flags & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK))
    connection->state = ESTABLISHED;
  return TC_ACT_OK;
}

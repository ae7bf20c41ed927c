//===- edge-policy.c - What may come in from outside ----------------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* Why packets were dropped, or that they passed. */
enum {
  PASSED,
  MALFORMED,
  WRONG_VLAN,
  FRAGMENT,
  BOGON,
  LISTED,
  SCAN,
  CLOSED,
  TOO_FAST,
  AMPLIFIED,
  PROTOCOL,
  ICMP_TYPE,
  REASONS
};

#define WINDOW_NS 1000000000ULL
#define REQUESTS_PER_WINDOW 50
#define LARGEST_ANSWER 512

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_PSH 0x08
#define TCP_ACK 0x10
#define TCP_URG 0x20
#define XMAS_FLAGS (TCP_FIN | TCP_PSH | TCP_URG)
#define OPEN_FLAGS (TCP_SYN | TCP_FIN)

struct vlan_tag {
  __be16 tci;
  __be16 type;
};

/* <linux/icmp.h> takes in headers of the C library that BPF has none for. */
struct icmp_header {
  __u8 type;
  __u8 code;
  __be16 checksum;
  __be32 rest;
};

/* An IPv6 address in network order; an IPv4 address is in the low half. */
struct address {
  __u64 hi;
  __u64 lo;
};

struct network4 {
  __u32 prefix_len;
  __u32 addr;
};

struct network6 {
  __u32 prefix_len;
  __u8 addr[16];
};

struct service_key {
  __u16 port;
  __u8 protocol;
};

struct service {
  __u64 packets;
  __u64 bytes;
};

struct rate {
  __u64 start;
  __u64 requests;
};

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, REASONS);
} reasons SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, __u16);
  __type(value, __u8);
  __uint(max_entries, 4096);
} vlans SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __type(key, struct network4);
  __type(value, __u8);
  __uint(max_entries, 65536);
  __uint(map_flags, BPF_F_NO_PREALLOC);
} listed4 SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __type(key, struct network6);
  __type(value, __u8);
  __uint(max_entries, 65536);
  __uint(map_flags, BPF_F_NO_PREALLOC);
} listed6 SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct service_key);
  __type(value, struct service);
  __uint(max_entries, 1024);
} services SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __type(key, struct address);
  __type(value, struct rate);
  __uint(max_entries, 65536);
} rates SEC(".maps");

/* The functions below that look at a packet yield PASSED or why it is dropped.
 */
struct packet {
  void *end;
  void *l4;
  __u32 size;
  __u8 protocol;
  struct address source;
};

static __always_inline __u32 check_rate(struct packet *packet) {
  __u64 now = bpf_ktime_get_ns();
  struct rate *rate = bpf_map_lookup_elem(&rates, &packet->source);

  if (!rate) {
    struct rate first = {.start = now, .requests = 1};

    bpf_map_update_elem(&rates, &packet->source, &first, BPF_ANY);
  } else if (now - rate->start >= WINDOW_NS) {
    rate->start = now;
    rate->requests = 1;
  } else if (rate->requests >= REQUESTS_PER_WINDOW) {
    return TOO_FAST;
  } else {
    __sync_fetch_and_add(&rate->requests, 1);
  }
  return PASSED;
}

static __always_inline __u32 check_service(struct packet *packet, __be16 port) {
  struct service_key key = {};
  struct service *service;

  key.port = bpf_ntohs(port);
  key.protocol = packet->protocol;
  service = bpf_map_lookup_elem(&services, &key);
  if (!service)
    return CLOSED;
  __sync_fetch_and_add(&service->packets, 1);
  __sync_fetch_and_add(&service->bytes, packet->size);
  return PASSED;
}

static __always_inline __u32 check_tcp(struct packet *packet) {
  struct tcphdr *tcp = packet->l4;
  __u32 reason;
  __u8 flags;

  if ((void *)(tcp + 1) > packet->end)
    return MALFORMED;
  flags = ((__u8 *)tcp)[13];
  if (!flags || (flags & XMAS_FLAGS) == XMAS_FLAGS ||
      (flags & OPEN_FLAGS) == OPEN_FLAGS)
    return SCAN;
  if ((flags & (TCP_SYN | TCP_ACK)) != TCP_SYN)
    return PASSED;
  reason = check_service(packet, tcp->dest);
  return reason ? reason : check_rate(packet);
}

static __always_inline __u32 check_udp(struct packet *packet) {
  struct udphdr *udp = packet->l4;

  if ((void *)(udp + 1) > packet->end || bpf_ntohs(udp->len) < sizeof(*udp) ||
      !udp->source)
    return MALFORMED;
  switch (udp->source) {
  case bpf_htons(53):
  case bpf_htons(123):
  case bpf_htons(1900):
  case bpf_htons(11211):
    if (packet->size > LARGEST_ANSWER)
      return AMPLIFIED;
  }
  return check_service(packet, udp->dest);
}

static __always_inline __u32 check_icmp(struct packet *packet) {
  struct icmp_header *icmp = packet->l4;

  if ((void *)(icmp + 1) > packet->end)
    return MALFORMED;
  switch (icmp->type) {
  case 8:
    return check_rate(packet);
  case 0:
  case 3:
  case 11:
    return PASSED;
  default:
    return ICMP_TYPE;
  }
}

static __always_inline __u32 check_icmp6(struct packet *packet) {
  struct icmp_header *icmp = packet->l4;

  if ((void *)(icmp + 1) > packet->end)
    return MALFORMED;
  switch (icmp->type) {
  case 128:
    return check_rate(packet);
  case 1 ... 4:
  case 129:
  case 133 ... 136:
    return PASSED;
  default:
    return ICMP_TYPE;
  }
}

static __always_inline __u32 check_ipv4(struct packet *packet, void *l3) {
  struct iphdr *ip = l3;
  struct network4 key;
  __u8 first;

  if ((void *)(ip + 1) > packet->end || ip->version != 4 || ip->ihl < 5 ||
      !ip->ttl || bpf_ntohs(ip->tot_len) < ip->ihl * 4)
    return MALFORMED;
  /* More fragments, or one that is not the first. */
  if (ip->frag_off & bpf_htons(0x3fff))
    return FRAGMENT;
  first = ip->saddr & 0xff;
  if (first == 0 || first == 127 || first >= 224 || ip->saddr == ip->daddr)
    return BOGON;
  key.prefix_len = 32;
  key.addr = ip->saddr;
  if (bpf_map_lookup_elem(&listed4, &key))
    return LISTED;
  packet->source.lo = ip->saddr;
  packet->protocol = ip->protocol;
  packet->size = bpf_ntohs(ip->tot_len);
  packet->l4 = l3 + ip->ihl * 4;
  return PASSED;
}

static __always_inline __u32 check_ipv6(struct packet *packet, void *l3) {
  struct ipv6hdr *ip = l3;
  struct address *source;
  struct network6 key;

  if ((void *)(ip + 1) > packet->end || ip->version != 6 || !ip->hop_limit)
    return MALFORMED;
  if (ip->saddr.s6_addr[0] == 0xff)
    return BOGON;
  source = (void *)&ip->saddr;
  packet->source = *source;
  key.prefix_len = 128;
  __builtin_memcpy(key.addr, source, sizeof(*source));
  if (bpf_map_lookup_elem(&listed6, &key))
    return LISTED;
  packet->protocol = ip->nexthdr;
  packet->size = bpf_ntohs(ip->payload_len) + sizeof(*ip);
  packet->l4 = ip + 1;
  return PASSED;
}

static __always_inline __u32 check(struct xdp_md *ctx, void *data) {
  struct packet packet = {.end = (void *)(long)ctx->data_end};
  struct ethhdr *eth = data;
  void *l3 = eth + 1;
  __be16 type = eth->h_proto;
  __u32 reason;

  if (type == bpf_htons(ETH_P_8021Q)) {
    struct vlan_tag *tag = l3;
    __u16 vlan;

    if ((void *)(tag + 1) > packet.end)
      return MALFORMED;
    vlan = bpf_ntohs(tag->tci) & 0xfff;
    if (!bpf_map_lookup_elem(&vlans, &vlan))
      return WRONG_VLAN;
    type = tag->type;
    l3 = tag + 1;
  }
  switch (type) {
  case bpf_htons(ETH_P_ARP):
    return PASSED;
  case bpf_htons(ETH_P_IP):
    reason = check_ipv4(&packet, l3);
    break;
  case bpf_htons(ETH_P_IPV6):
    reason = check_ipv6(&packet, l3);
    break;
  default:
    return PROTOCOL;
  }
  if (reason)
    return reason;
  switch (packet.protocol) {
  case IPPROTO_TCP:
    return check_tcp(&packet);
  case IPPROTO_UDP:
    return check_udp(&packet);
  case IPPROTO_ICMP:
    return check_icmp(&packet);
  case IPPROTO_ICMPV6:
    return check_icmp6(&packet);
  default:
    return PROTOCOL;
  }
}

SEC("xdp")
int edge_policy(struct xdp_md *ctx) {
  void *data = (void *)(long)ctx->data;
  void *end = (void *)(long)ctx->data_end;
  __u64 *count;
  __u32 reason;

  if (data + sizeof(struct ethhdr) > end)
    return XDP_PASS;
  reason = check(ctx, data);
  count = bpf_map_lookup_elem(&reasons, &reason);
  if (count)
    *count += 1;
  return reason == PASSED ? XDP_PASS : XDP_DROP;
}

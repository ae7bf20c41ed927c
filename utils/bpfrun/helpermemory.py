#===- helpermemory.py - The memory that helpers read and write -*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Which arguments of a helper point to memory, and how much of it is used.

The rows follow the helpers' documentation in <linux/bpf.h> and the prototypes
(`struct bpf_func_proto`) in the kernel's sources.
"""

from collections import namedtuple

# What the map in an argument (from 1) has as size of its keys or values.
OfMap = namedtuple("OfMap", "argument part")
KEY = OfMap(1, "key")
VALUE = OfMap(1, "value")
KEY_OF_SECOND = OfMap(2, "key")

# A size that is in another argument.
InArgument = namedtuple("InArgument", "argument")

# The argument that holds the address; the size, one of the above or bytes;
# whether the helper writes there and not reads.
Memory = namedtuple("Memory", "argument size is_output")


def reads(argument, size):
    """Memory that the helper reads; a plain number means an argument."""
    return Memory(argument, size if isinstance(size, OfMap)
                  else InArgument(size), False)


def writes(argument, size):
    """Memory that the helper writes."""
    return reads(argument, size)._replace(is_output=True)


def reads_bytes(argument, count):
    """Memory of a size that the helper fixes, read."""
    return Memory(argument, count, False)


def writes_bytes(argument, count):
    """Memory of a size that the helper fixes, written."""
    return Memory(argument, count, True)


PROBE_READ = [writes(1, 2)]
SOCKET_LOOKUP = [reads(2, 3)]
COOKIE = [reads(2, 3), reads(4, 5)]
EVENT_OUTPUT = [reads(4, 5)]
SELECT_BY_KEY = [reads(3, KEY_OF_SECOND)]
DYNPTR_BYTES = 16

HELPERS = {
    "map_lookup_elem": [reads(2, KEY)],
    "map_lookup_percpu_elem": [reads(2, KEY)],
    "map_update_elem": [reads(2, KEY), reads(3, VALUE)],
    "map_delete_elem": [reads(2, KEY)],
    "map_push_elem": [reads(2, VALUE)],
    "map_pop_elem": [writes(2, VALUE)],
    "map_peek_elem": [writes(2, VALUE)],
    "sk_redirect_hash": SELECT_BY_KEY,
    "msg_redirect_hash": SELECT_BY_KEY,
    "sock_map_update": SELECT_BY_KEY,
    "sock_hash_update": SELECT_BY_KEY,
    "sk_select_reuseport": SELECT_BY_KEY,
    "ringbuf_output": [reads(2, 3)],
    "perf_event_output": EVENT_OUTPUT,
    "skb_output": EVENT_OUTPUT,
    "xdp_output": EVENT_OUTPUT,
    "perf_event_read_value": [writes(3, 4)],
    "perf_prog_read_value": [writes(2, 3)],
    "read_branch_records": [writes(2, 3)],
    "trace_printk": [reads(1, 2)],
    "trace_vprintk": [reads(1, 2), reads(3, 4)],
    "snprintf": [writes(1, 2), reads(4, 5)],
    "snprintf_btf": [writes(1, 2), reads(3, 4)],
    "seq_printf": [reads(2, 3), reads(4, 5)],
    "seq_write": [reads(2, 3)],
    "strncmp": [reads(1, 2)],
    "strtol": [reads(1, 2), writes_bytes(4, 8)],
    "strtoul": [reads(1, 2), writes_bytes(4, 8)],
    "probe_read": PROBE_READ,
    "probe_read_kernel": PROBE_READ,
    "probe_read_user": PROBE_READ,
    "probe_read_str": PROBE_READ,
    "probe_read_kernel_str": PROBE_READ,
    "probe_read_user_str": PROBE_READ,
    "copy_from_user": PROBE_READ,
    "copy_from_user_task": PROBE_READ,
    "probe_write_user": [reads(2, 3)],
    "get_current_comm": [writes(1, 2)],
    "get_ns_current_pid_tgid": [writes(3, 4)],
    "get_stack": [writes(2, 3)],
    "get_task_stack": [writes(2, 3)],
    "d_path": [writes(2, 3)],
    "ima_inode_hash": [writes(2, 3)],
    "ima_file_hash": [writes(2, 3)],
    "get_func_arg": [writes_bytes(3, 8)],
    "get_func_ret": [writes_bytes(2, 8)],
    "skb_store_bytes": [reads(3, 4)],
    "skb_load_bytes": [writes(3, 4)],
    "skb_load_bytes_relative": [writes(3, 4)],
    "xdp_store_bytes": [reads(3, 4)],
    "xdp_load_bytes": [writes(3, 4)],
    "csum_diff": [reads(1, 2), reads(3, 4)],
    "fib_lookup": [reads(2, 3)],
    "check_mtu": [reads_bytes(3, 4)],
    "skb_set_tunnel_key": [reads(2, 3)],
    "skb_get_tunnel_key": [writes(2, 3)],
    "skb_set_tunnel_opt": [reads(2, 3)],
    "skb_get_tunnel_opt": [writes(2, 3)],
    "skb_get_xfrm_state": [writes(3, 4)],
    "lwt_push_encap": [reads(3, 4)],
    "lwt_seg6_store_bytes": [reads(3, 4)],
    "lwt_seg6_action": [reads(3, 4)],
    "bind": [reads(2, 3)],
    "setsockopt": [reads(4, 5)],
    "getsockopt": [writes(4, 5)],
    "store_hdr_opt": [reads(2, 3)],
    "load_hdr_opt": [reads(2, 3)],
    "sk_lookup_tcp": SOCKET_LOOKUP,
    "sk_lookup_udp": SOCKET_LOOKUP,
    "skc_lookup_tcp": SOCKET_LOOKUP,
    "tcp_check_syncookie": COOKIE,
    "tcp_gen_syncookie": COOKIE,
    "sysctl_get_name": [writes(2, 3)],
    "sysctl_get_current_value": [writes(2, 3)],
    "sysctl_get_new_value": [writes(2, 3)],
    "sysctl_set_new_value": [reads(2, 3)],
    "dynptr_from_mem": [writes_bytes(4, DYNPTR_BYTES)],
    "ringbuf_reserve_dynptr": [writes_bytes(4, DYNPTR_BYTES)],
    "dynptr_read": [writes(1, 2)],
    "dynptr_write": [reads(3, 4)],
    "sk_storage_get": [reads(3, VALUE)],
    "inode_storage_get": [reads(3, VALUE)],
    "task_storage_get": [reads(3, VALUE)],
    "cgrp_storage_get": [reads(3, VALUE)],
    "sys_bpf": [reads(2, 3)],
}

// SPDX-License-Identifier: GPL-2.0
/* The interfaces of the first network namespace, as /proc/net/dev counts. */
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <net/net_namespace.h>

#include "chatmetrics.h"

static void describe_interface(struct seq_buf *text, struct net_device *dev)
{
	struct rtnl_link_stats64 room;
	const struct rtnl_link_stats64 *stats = dev_get_stats(dev, &room);
	char name[IFNAMSIZ];	/* one, though it may be renamed meanwhile */

	strscpy(name, dev->name, sizeof(name));
	seq_buf_printf(text, "net.%s.rx_bytes %llu\n", name, stats->rx_bytes);
	seq_buf_printf(text, "net.%s.rx_packets %llu\n", name, stats->rx_packets);
	seq_buf_printf(text, "net.%s.rx_errors %llu\n", name, stats->rx_errors);
	seq_buf_printf(text, "net.%s.rx_drops %llu\n", name,
		       stats->rx_dropped + stats->rx_missed_errors);
	seq_buf_printf(text, "net.%s.tx_bytes %llu\n", name, stats->tx_bytes);
	seq_buf_printf(text, "net.%s.tx_packets %llu\n", name, stats->tx_packets);
	seq_buf_printf(text, "net.%s.tx_errors %llu\n", name, stats->tx_errors);
	seq_buf_printf(text, "net.%s.tx_drops %llu\n", name, stats->tx_dropped);
}

void describe_network(struct seq_buf *text)
{
	struct net_device *dev;

	rcu_read_lock();
	for_each_netdev_rcu(&init_net, dev)
		describe_interface(text, dev);
	rcu_read_unlock();
}
